package io.tappa.engine.pack;

import io.tappa.engine.identity.Hashes;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a pack, and nothing else of its folder.
 *
 * @param contents text by path relative to the folder, with forward slashes; line ends are LF and there is no byte order
 *     mark
 */
public record PackFiles(SortedMap<String, String> contents) {
    /** Most files of one pack. */
    public static final int MOST_FILES = 500;

    private static final int DEEPEST = 4;
    private static final int LONGEST_NAME = 200;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");

    public PackFiles {
        var canonical = new TreeMap<String, String>();
        contents.forEach((path, content) -> canonical.put(path, canonical(content)));
        contents = Collections.unmodifiableSortedMap(canonical);
    }

    /** The pack in {@code folder}: its {@code .yaml} and {@code .csv} files; hidden files are left out. */
    public static PackFiles inFolder(Path folder) throws IOException {
        var contents = new TreeMap<String, String>();
        List<Path> paths;
        try (var walk = Files.walk(folder, DEEPEST)) {
            paths = walk.filter(Files::isRegularFile)
                    .filter(path -> belongs(name(folder, path)))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
        }
        for (var path : paths) {
            contents.put(name(folder, path), read(path));
        }
        return new PackFiles(contents);
    }

    private static String name(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** Whether a file of this relative name is part of a pack. */
    public static boolean belongs(String name) {
        return (name.endsWith(".yaml") || name.endsWith(".csv")) && !name.startsWith(".") && !name.contains("/.");
    }

    /**
     * Whether a pack may have a file of this relative name: one that {@link #belongs}, at most {@value #DEEPEST} names deep, each
     * of letters, digits, dots, dashes and underscores, so that it means the same file on every system and none outside the pack.
     */
    public static boolean isName(String name) {
        var names = name.split("/", -1);
        return belongs(name)
                && name.length() <= LONGEST_NAME
                && names.length <= DEEPEST
                && Arrays.stream(names).allMatch(one -> NAME.matcher(one).matches());
    }

    private static String read(Path path) throws IOException {
        try {
            return Files.readString(path);
        } catch (MalformedInputException notUtf8) {
            return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        }
    }

    private static String canonical(String content) {
        var text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** SHA-256 of names and contents, in hexadecimal digits: the same for the same pack on every machine. */
    public String hash() {
        var all = new StringBuilder();
        contents.forEach((path, content) -> all.append(path)
                .append('\0')
                .append(content.length())
                .append('\0')
                .append(content));
        return Hashes.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
