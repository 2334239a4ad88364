package io.tappa.api.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A few words with a Redis on this machine before the real client exists: no threads, no event loop, no waiting for ever. */
final class RespConnection implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofMillis(500);
    private static final Duration READ_LIMIT = Duration.ofSeconds(2);
    private static final int LONGEST = 1 << 20;

    private final Socket socket;
    private final InputStream in;

    private RespConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RespConnection open(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) READ_LIMIT.toMillis());
            socket.connect(loopback(port), (int) CONNECT_LIMIT.toMillis());
            return new RespConnection(socket);
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Sends a command; the answer's texts and numbers in order, those of nested lists included. */
    List<String> call(String... command) throws IOException {
        var request = new ByteArrayOutputStream();
        request.writeBytes(ascii("*%d\r\n".formatted(command.length)));
        for (var word : command) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(ascii("$%d\r\n".formatted(bytes.length)));
            request.writeBytes(bytes);
            request.writeBytes(ascii("\r\n"));
        }
        socket.getOutputStream().write(request.toByteArray());
        var answer = new ArrayList<String>();
        read(answer);
        return answer;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void read(List<String> answer) throws IOException {
        var type = in.read();
        var line = line();
        switch (type) {
            case '+', ':' -> answer.add(line);
            case '-' -> throw new RespError(line);
            case '$' -> readText(length(line), answer);
            case '*' -> readList(length(line), answer);
            default -> throw new IOException("not a Redis");
        }
    }

    private void readText(int length, List<String> answer) throws IOException {
        if (length >= 0) {
            answer.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            line();
        }
    }

    private void readList(int length, List<String> answer) throws IOException {
        for (var i = 0; i < length; i++) {
            read(answer);
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST) {
                throw new EOFException("the answer ended early");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static int length(String line) throws IOException {
        try {
            var length = Integer.parseInt(line);
            if (length <= LONGEST) {
                return length;
            }
        } catch (NumberFormatException notANumber) {
            throw new IOException("not a Redis", notANumber);
        }
        throw new IOException("the answer is too long");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
