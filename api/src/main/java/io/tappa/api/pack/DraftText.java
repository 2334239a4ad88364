package io.tappa.api.pack;

import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.store.DraftStore;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.rule.file.YamlFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Reads which file of a draft a request means, and its text. */
final class DraftText {
    /** Its characters may have so many bytes each. */
    private static final int LONGEST_CHARACTER = 4;
    /** Lists of codes are no rules, and longer. */
    private static final String CODES = "codes/";

    private DraftText() {}

    /** The path of the file, relative to the pack. */
    static String path(ServerRequest request) {
        var path = request.pathVariable("path").replaceFirst("^/", "");
        if (!PackFiles.isName(path)) {
            throw Field.wrong("path", "\"%s\" is no name of a file of a pack.".formatted(path), PublishForm.NAMES);
        }
        return path;
    }

    /** The body as the text that a pack would hold; empty without a body. */
    static Mono<String> body(ServerRequest request, String path) {
        int most = path.startsWith(CODES) ? DraftStore.LARGEST : YamlFile.LONGEST;
        int bytes = Math.min(most * LONGEST_CHARACTER, DraftStore.LARGEST);
        return DataBufferUtils.join(request.exchange().getRequest().getBody(), bytes)
                .onErrorMap(DataBufferLimitException.class, large -> DraftRefusals.tooLargeFile(path, most))
                .map(DraftText::decoded)
                .defaultIfEmpty("")
                .map(text -> canonical(path, text, most));
    }

    private static String canonical(String path, String text, int most) {
        if (text.length() > most) {
            throw DraftRefusals.tooLargeFile(path, most);
        }
        return new PackFiles(new TreeMap<>(Map.of(path, text))).contents().getOrDefault(path, text);
    }

    private static String decoded(DataBuffer buffer) {
        try {
            var bytes = ByteBuffer.allocate(buffer.readableByteCount());
            buffer.toByteBuffer(bytes);
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.rewind()).toString();
        } catch (CharacterCodingException notUtf8) {
            throw notText();
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static HttpProblem notText() {
        return Field.wrong("", "The body is no text in UTF-8.", "Save the file as plain text in UTF-8.");
    }
}
