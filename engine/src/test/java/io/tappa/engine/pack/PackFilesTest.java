package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackFilesTest {
    @TempDir
    private Path folder;

    private void write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void hiddenFilesNeverPushOutTheFilesOfThePack() throws IOException {
        for (int i = 0; i < PackFiles.MOST_FILES + 100; i++) {
            write(".git/objects/" + i % 10 + "/" + i, "x");
        }
        write("pack.yaml", "pack: shop");
        write("decisions/cart.yaml", "rules: []");
        write("notes.txt", "x");

        assertThat(PackFiles.inFolder(folder).contents()).containsOnlyKeys("decisions/cart.yaml", "pack.yaml");
    }

    @Test
    void tooManyFilesAreRefusedAndNotSilentlyLeftOut() throws IOException {
        for (int i = 0; i <= PackFiles.MOST_FILES; i++) {
            write("decisions/d" + i + ".csv", "id,verb,offer\n");
        }

        var problems = PackReader.read(PackFiles.inFolder(folder)).problems();

        assertThat(problems).extracting(Problem::code).contains("too-many-files");
    }

    @Test
    void theHashDependsOnNamesAndContentsOnly() {
        var files = new PackFiles(new TreeMap<>(Map.of("a.yaml", "x\ny\n", "b.yaml", "")));

        assertThat(new PackFiles(new TreeMap<>(Map.of("b.yaml", "", "a.yaml", "\uFEFFx\r\ny\r"))).hash())
                .isEqualTo(files.hash());
        assertThat(new PackFiles(new TreeMap<>(Map.of("a.yaml", "x\n", "b.yaml", "y\n"))).hash())
                .isNotEqualTo(files.hash());
        assertThat(new PackFiles(new TreeMap<>(Map.of("a.yaml", "x\ny\n", "c.yaml", ""))).hash())
                .isNotEqualTo(files.hash());
    }
}
