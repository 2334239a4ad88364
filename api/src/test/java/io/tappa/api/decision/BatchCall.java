package io.tappa.api.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.Service;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A batch over a connection of its own: lines go out and answers come in whenever the test wants, and it can be cut. */
final class BatchCall implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SMALL = 16 * 1024;
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private int leftOfChunk;
    private boolean begun;
    private boolean chunked;
    private String status = "";

    /** Calls {@code path} of {@code service}; its answers wait for the reader in a small buffer. */
    BatchCall(Service service, String path) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setReceiveBufferSize(SMALL);
        socket.setSendBufferSize(SMALL);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
        this.out = socket.getOutputStream();
        this.in = new BufferedInputStream(socket.getInputStream(), SMALL);
        out.write("""
                POST %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer sk_demo\r
                Content-Type: application/x-ndjson\r
                Transfer-Encoding: chunked\r
                \r
                """.formatted(path).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    void send(String ascii) throws IOException {
        out.write("%x\r\n%s\r\n".formatted(ascii.length(), ascii).getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The status line; waits for it. */
    String status() throws IOException {
        begin();
        return status;
    }

    /** The next line of the answer, or null after the last one; waits for it. */
    @Nullable
    JsonNode answer() throws IOException {
        begin();
        var line = new StringBuilder();
        for (int next = body(); next >= 0 && next != '\n'; next = body()) {
            line.append((char) next);
        }
        return line.isEmpty() ? null : JSON.readTree(line.toString());
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        status = header();
        for (var header = header(); !header.isEmpty(); header = header()) {
            // only the status is asked for
        }
    }

    private int body() throws IOException {
        if (leftOfChunk < 0) {
            return -1;
        }
        if (leftOfChunk == 0) {
            if (chunked) {
                header();
            }
            chunked = true;
            leftOfChunk = chunk();
            return body();
        }
        leftOfChunk--;
        return byteOf(in.read());
    }

    private int chunk() throws IOException {
        int length = Integer.parseInt(header(), 16);
        return length == 0 ? -1 : length;
    }

    private String header() throws IOException {
        var line = new StringBuilder();
        for (int next = byteOf(in.read()); next != '\n'; next = byteOf(in.read())) {
            line.append((char) next);
        }
        return line.toString().trim();
    }

    private static int byteOf(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("the service hung up");
        }
        return read;
    }

    /** Hangs up as a process does that is killed. */
    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
