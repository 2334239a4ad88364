package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tappa drafts}, {@code pull} and {@code push} against the real service. */
@Timeout(120)
class DraftCommandTest {
    private static final String HOME = "decisions/home.yaml";
    private static final String SHOES = "show: shoes-story";

    private static ShopCopy shop;
    private static Service service;

    @TempDir
    private Path folders;

    @BeforeAll
    static void start() {
        shop = new ShopCopy();
        service = Service.start(shop.setting());
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    @AfterEach
    void clear() {
        asked("drafts", "rm", "spring");
        asked("drafts", "rm", "summer");
    }

    @Test
    void aDraftIsPulledChangedPushedAndPublished() throws IOException {
        assertThat(asked("drafts").out()).isEqualTo("There are no drafts.%n".formatted());
        assertThat(done("drafts", "new", "spring", "--message", "for spring"))
                .startsWith("The draft spring is there, made from release ");
        var folder = folder("anna");

        assertThat(done("pull", folder, "--draft", "spring")).contains("files of the draft spring");
        assertThat(PackFiles.inFolder(Path.of(folder))).isEqualTo(PackFiles.inFolder(shop.folder()));
        replace(folder, SHOES, "show: shoe-story");
        Files.writeString(
                Path.of(folder, "decisions", "more.yaml"),
                "rules:\n  - { id: more, where: home.hero, show: welcome }\n");
        Files.delete(Path.of(folder, "scenarios", "winter.yaml"));
        var pushed = done("push", folder, "--draft", "spring");
        assertThat(pushed)
                .contains("Error: decisions/home.yaml, line ", "Did you mean \"shoes-story\"?")
                .endsWith("The draft spring took 3 files.%n".formatted());
        assertThat(asked("drafts").out())
                .contains("spring  from release ", "3 files changed, last by sk_demo", "for spring");
        failed("Did you mean \"shoes-story\"?", "drafts", "publish", "spring");

        replace(folder, "show: shoe-story", SHOES);
        assertThat(done("push", folder, "--draft", "spring")).endsWith("The draft spring took 1 file.%n".formatted());
        assertThat(done("push", folder, "--draft", "spring")).contains("Nothing in", "is new for the draft spring");
        assertThat(done("drafts", "publish", "spring")).contains("is live, as release", "The draft spring is deleted.");
        assertThat(PackFiles.inFolder(Path.of(folder)).hash())
                .isEqualTo(service.pack().hash());
        done("rollback");
    }

    @Test
    void whoeverIsLateIsToldAndOverwritesNothing() throws IOException {
        done("drafts", "new", "spring");
        var anna = folder("anna");
        var bea = folder("bea");
        done("pull", anna, "--draft", "spring");
        done("pull", bea, "--draft", "spring");
        replace(anna, "rules:", "# anna\nrules:");
        replace(bea, "rules:", "# bea\nrules:");
        done("push", anna, "--draft", "spring");

        failed("decisions/home.yaml by sk_demo at 20", "push", bea, "--draft", "spring");

        failed("holds files that would be lost", "pull", bea, "--draft", "spring");
        assertThat(done("pull", folder("again"), "--draft", "spring")).contains("files of the draft");
        assertThat(Files.readString(Path.of(folder("again"), HOME)))
                .contains("# anna")
                .doesNotContain("# bea");
        done("push", bea, "--draft", "spring", "--force");
        done("pull", anna, "--draft", "spring");
        assertThat(Files.readString(Path.of(anna, HOME))).contains("# bea");
    }

    @Test
    void aFolderMakesADraftAndIsMergedWithWhatIsLive() throws IOException {
        var anna = folder("anna");
        var bea = folder("bea");
        done("pull", anna, "--version", "live");
        done("pull", bea, "--version", "live");
        replace(anna, SHOES, SHOES + "\n    priority: 61");
        replace(bea, SHOES, SHOES + "\n    priority: 62");
        done("push", anna, "--draft", "spring");
        done("push", bea, "--draft", "summer");
        done("drafts", "publish", "spring", "--keep");

        failed(":merge", "drafts", "publish", "summer");
        var conflict = asked("drafts", "merge", "summer");
        var merged = done("drafts", "merge", "summer", "--take", "decisions/home.yaml#home-shoes=ours");

        assertThat(conflict.exitCode()).isEqualTo(1);
        assertThat(conflict.out())
                .contains("Both changed decisions/home.yaml#home-shoes", "priority: 61", "priority: 62");
        assertThat(merged).contains("The draft summer holds what is live");
        assertThat(done("drafts", "publish", "summer")).contains("is live");
        done("rollback");
        done("rollback", "1");
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        failed("There is no draft \"spring\"", "pull", folder("x"), "--draft", "spring");
        failed("There is no version 999", "pull", folder("x"), "--version", "999");
        failed("no name of a draft", "drafts", "new", "Spring");
        failed("There is no draft", "drafts", "rm", "spring");
        failed("There is no folder", "push", folder("none"), "--draft", "spring");
        done("drafts", "new", "spring");
        failed("was not pulled from the draft spring", "push", shop.folder().toString(), "--draft", "spring");
        assertThat(asked("pull", folder("x")).exitCode()).isEqualTo(2);
        assertThat(asked("push", folder("x")).exitCode()).isEqualTo(2);
    }

    private String folder(String name) {
        return folders.resolve(name).toString();
    }

    private static void replace(String folder, String old, String with) throws IOException {
        var file = Path.of(folder, HOME);
        var text = Files.readString(file);
        assertThat(text).contains(old);
        Files.writeString(file, text.replace(old, with));
    }

    private static String done(String... arguments) {
        var ended = asked(arguments);
        assertThat(ended.exitCode()).as(ended.err() + ended.out()).isZero();
        return ended.out();
    }

    private static void failed(String reason, String... arguments) {
        asked(arguments).mustHaveFailed(reason);
    }

    private static Ended asked(String... arguments) {
        return Ended.at(service, arguments);
    }
}
