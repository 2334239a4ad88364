package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.api.problem.HttpProblem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bodies are cut into rows. */
class RowsTest {
    @Test
    void readsQuotesLineEndsMarksAndEmptyCells() throws IOException {
        var rows = read(Format.CSV, "\uFEFFa,b,c\r\n1,\"x, \"\"y\"\"\nz\",\r\n\r\n , 2 ,\"\"\"\"\n3,4,5");

        assertThat(rows)
                .containsExactly(
                        "2 {\"a\":\"1\",\"b\":\"x, \\\"y\\\"\\nz\"}",
                        "5 {\"b\":\"2\",\"c\":\"\\\"\"}",
                        "6 " + "{\"a\":\"3\",\"b\":\"4\",\"c\":\"5\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", ","})
    void findsTheSeparatorInTheHeader(String separator) throws IOException {
        var rows = read(Format.CSV, "a%1$sb%1$sc\n1%1$s2%1$s3\n".formatted(separator));

        assertThat(rows).containsExactly("2 {\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}");
    }

    @Test
    void refusesRowsOneByOneAndGoesOn() throws IOException {
        var csv =
                "a,b\n1\n1,2,3\n" + "x".repeat(70_000) + ",2\n5\" wide,6\n7,\"never closed\n" + "8,9\n".repeat(20_000);

        var rows = read(Format.CSV, csv);

        assertThat(rows.subList(0, 5))
                .containsExactly(
                        "2 wrong-row",
                        "3 wrong-row",
                        "4 too-large",
                        "5 {\"a\":\"5\\\" wide\",\"b\":\"6\"}",
                        "6 too-large");
        assertThat(rows).hasSizeGreaterThan(1_000).endsWith("20006 {\"a\":\"8\",\"b\":\"9\"}");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        var latin = "a\nMühle\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read(Format.CSV, new ByteArrayInputStream(latin))).containsExactly("2 bad-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", ",,\n", "a,a\n1,2\n", "\"a\n"})
    void wantsAHeader(String csv) {
        assertThatThrownBy(() -> read(Format.CSV, csv)).isInstanceOf(HttpProblem.class);
    }

    @Test
    void readsJsonLines() throws IOException {
        var deep = "[".repeat(1_000);
        var rows = read(Format.NDJSON, "{\"a\":1}\n\n[1]\n{\n" + deep + "\n{\"a\":1}{\"b\":2}\n{\"a\":{\"b\":[2]}}");

        assertThat(rows)
                .containsExactly(
                        "1 {\"a\":1}", "3 bad-json", "4 bad-json", "5 bad-json", "6 bad-json", "7 {\"a\":{\"b\":[2]}}");
    }

    @Test
    void readsFeeds() throws IOException {
        var rows = read(Format.FEED, """
                <?xml version="1.0"?>
                <rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
                <item><g:id>p-1</g:id><title><![CDATA[Shoe & sock]]></title><g:price>15.00 EUR</g:price>
                <g:shipping><g:price>3.00 EUR</g:price></g:shipping><g:additional_image_link>1</g:additional_image_link>
                <g:additional_image_link>2</g:additional_image_link></item>
                <item><g:id>p-2</g:id></item></channel></rss>
                """);

        assertThat(rows)
                .containsExactly(
                        "3 {\"id\":\"p-1\",\"title\":\"Shoe & sock\",\"price\":\"15.00 EUR\",\"additional_image_link\":\"1\"}",
                        "6 {\"id\":\"p-2\"}");
    }

    @Test
    void readsNoFileForAFeed() throws IOException {
        var rows = read(Format.FEED, """
                <?xml version="1.0"?>
                <!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
                <rss><channel><item><id>&secret;</id></item></channel></rss>
                """);

        assertThat(rows).hasSize(1).first().asString().endsWith(" bad-xml");
    }

    @Test
    void doesNotGrowWithAFeedThatMultipliesItself() throws IOException {
        var laughs = new StringBuilder("<!DOCTYPE rss [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 12; i++) {
            laughs.append(
                    "<!ENTITY l%d \"%s\">".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
        }

        var rows = read(Format.FEED, laughs + "]><rss><item><id>&l11;</id></item></rss>");

        assertThat(rows).hasSize(1).first().asString().endsWith(" bad-xml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<rss><item><id>p-1</id>",
                "<rss><item><id>&unknown;</id></item></rss>",
                "<a><b></a>"
            })
    void stopsWhereAFeedIsNoXml(String feed) throws IOException {
        assertThat(read(Format.FEED, feed)).hasSize(1).first().asString().endsWith(" bad-xml");
    }

    @Test
    void cutsLongTextsInAFeed() throws IOException {
        var rows = read(Format.FEED, "<rss><item><id>" + "x".repeat(1_000_000) + "</id></item></rss>");

        assertThat(rows.get(0)).hasSizeLessThan(70_000);
    }

    @Test
    void stopsWhereAFeedIsNotInItsEncoding() throws IOException {
        var latin = "<rss><item><id>Mühle</id></item></rss>".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(read(Format.FEED, new ByteArrayInputStream(latin))).containsExactly("1 bad-xml");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void readsAnyBytesOrSaysWhyNot(Format format) throws IOException {
        var feed = "<?xml version=\"1.0\"?>\n<rss><item><id>p-1</id><![CDATA[x]]></item></rss>";
        var good = format == Format.FEED ? feed : "a,b\n{\"a\":\"1\"},\"2\n\"\n";
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(format == Format.FEED ? 128 : 256);
            }
            try {
                read(format, new ByteArrayInputStream(bytes));
            } catch (HttpProblem noHeader) {
                assertThat(format).as("seed %d", seed).isEqualTo(Format.CSV);
            }
        }
    }

    @Test
    void unpacksGzipFiles() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
        }

        var rows = read(Format.CSV, BodyStream.of(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(rows).containsExactly("2 {\"a\":\"1\"}");
    }

    @Test
    void endsABodyThatNeverEnds() throws IOException {
        var endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        };
        var body = BodyStream.of(endless);

        assertThatThrownBy(() -> body.transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("1,073,741,824 bytes");
    }

    private static List<String> read(Format format, String text) throws IOException {
        return read(format, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> read(Format format, InputStream in) throws IOException {
        var rows = format.read(in);
        var told = new ArrayList<String>();
        for (var row = rows.next(); row != null; row = rows.next()) {
            var refusal = row.refusal();
            told.add(row.line() + " " + (refusal == null ? row.fields() : refusal.code()));
        }
        return told;
    }
}
