package io.tappa.api.archive;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the archive of one pack. A file appears whole or not at all: it is written beside the others and renamed.
 *
 * <p>Whatever blocks here must not run on a thread of the event loop.
 */
final class ArchiveFolder {
    private static final int BUFFER = 1 << 16;
    private static final String NAME = "archive.id";
    private static final String WORK = ".work";
    private static final String BETWEEN = "-";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final Mover mover;
    private final AroundFiles around;

    /** Puts a file that was written in its place, whatever is there. */
    @FunctionalInterface
    interface Mover {
        /** Moves it in one step. */
        void move(Path written, Path place) throws IOException;
    }

    ArchiveFolder(Path folder) {
        this(
                folder,
                (written, place) -> Files.move(
                        written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    ArchiveFolder(Path folder, Mover mover) {
        this.folder = folder;
        this.mover = mover;
        this.around = new AroundFiles(folder);
    }

    /** What surrounded the decisions that are here. */
    AroundFiles around() {
        return around;
    }

    /** Where it is, for people. */
    Path path() {
        return folder.toAbsolutePath();
    }

    /** What names the archive in this folder, or null where there is none yet. */
    @Nullable
    String name() throws IOException {
        try {
            var name = Files.readString(folder.resolve(NAME)).strip();
            return name.isEmpty() ? null : name;
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Makes this folder an archive called {@code name}, unless somebody makes it one at the same time. */
    void create(String name) throws IOException {
        createPrivately(folder);
        try {
            Files.writeString(folder.resolve(NAME), name + "\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException other) {
            if (Files.size(folder.resolve(NAME)) == 0) {
                Files.writeString(folder.resolve(NAME), name + "\n");
            }
        }
    }

    /** Makes a folder, and those above it, into which only its owner may look. */
    static void createPrivately(Path folder) throws IOException {
        if (POSIX) {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** A folder to work in on {@code group}, not made yet; those in which anybody worked on it before are deleted. */
    Path work(int group) throws IOException {
        clean(group);
        return folder.resolve(WORK).resolve(group + BETWEEN + UUID.randomUUID());
    }

    /** Deletes all that work on {@code group} left behind. */
    void clean(int group) throws IOException {
        var all = folder.resolve(WORK);
        if (!Files.isDirectory(all)) {
            return;
        }
        try (var works = Files.newDirectoryStream(all, group + BETWEEN + "*")) {
            for (var work : works) {
                delete(work);
            }
        }
    }

    private static void delete(Path work) throws IOException {
        try (var files = Files.walk(work)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** All files there are, the oldest first. */
    List<HourFile> files() throws IOException {
        var files = new ArrayList<HourFile>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (var days = Files.newDirectoryStream(folder, "????-??-??")) {
            for (var day : days) {
                try (var hours = Files.newDirectoryStream(day)) {
                    for (var hour : hours) {
                        var file = HourFile.of(day.getFileName() + "/" + hour.getFileName());
                        if (file != null) {
                            files.add(file);
                        }
                    }
                }
            }
        }
        files.sort(Comparator.comparingLong(HourFile::hour).thenComparingInt(HourFile::group));
        return files;
    }

    /** Deletes the files of hours that ended before this moment in milliseconds since 1970; answers how many. */
    long deleteBefore(long millis) throws IOException {
        long deleted = 0;
        for (var file : files()) {
            if (file.endMillis() <= millis) {
                delete(file);
                deleted++;
            }
        }
        around.deleteBefore(millis);
        return deleted;
    }

    /** Deletes a file, and its day's folder where it was the last. */
    void delete(HourFile file) throws IOException {
        Files.deleteIfExists(folder.resolve(file.name()));
        try {
            Files.deleteIfExists(folder.resolve(file.day()));
        } catch (DirectoryNotEmptyException others) {
            return;
        }
    }

    /** The lines of a file in their order, to be closed; none where there is no such file. */
    Lines open(HourFile file) throws IOException {
        return Lines.ofCompressed(folder.resolve(file.name()));
    }

    /** Writes {@code lines} to a file, by way of {@code work}; with no lines the file goes. Answers how many there were. */
    long write(HourFile file, Path work, Iterator<ArchiveLine> lines, Check check) throws IOException {
        createPrivately(work);
        var written = work.resolve(file.name().replace('/', '-'));
        long count = 0;
        try (var writer = new BufferedWriter(
                new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(written), BUFFER), StandardCharsets.UTF_8),
                BUFFER)) {
            while (lines.hasNext()) {
                writer.write(lines.next().text());
                writer.write('\n');
                count++;
            }
        }
        check.run();
        if (count == 0) {
            delete(file);
            Files.delete(written);
        } else {
            force(written, StandardOpenOption.WRITE);
            var day = folder.resolve(file.day());
            createPrivately(day);
            check.run();
            mover.move(written, folder.resolve(file.name()));
            forceFolder(day);
        }
        return count;
    }

    /** Fails where the work must not go on. */
    @FunctionalInterface
    interface Check {
        /** Returns if it may. */
        void run();
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** So that a rename, too, outlives the machine; Windows neither needs nor can do it. */
    private static void forceFolder(Path folder) throws IOException {
        if (POSIX) {
            force(folder, StandardOpenOption.READ);
        }
    }
}
