package io.tappa.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a product feed: Google Merchant's RSS 2.0, or Atom. Document types and entities of one's own are refused, so that
 * a feed can neither read files here nor grow while it is read.
 */
final class FeedRows implements Rows {
    private static final Set<String> ITEMS = Set.of("item", "entry");

    private final InputStream in;
    private @Nullable XMLStreamReader reader;
    private boolean ended;

    FeedRows(InputStream in) {
        this.in = in;
    }

    @Override
    public @Nullable Row next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            var xml = reader();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    return stopped(xml, "The feed has a document type.", "Leave out <!DOCTYPE …>.");
                }
                if (event == XMLStreamConstants.START_ELEMENT && ITEMS.contains(xml.getLocalName())) {
                    int line = xml.getLocation().getLineNumber();
                    var fields = item(xml);
                    return Row.of(line, Body.text(fields).length(), fields);
                }
            }
            ended = true;
            return null;
        } catch (XMLStreamException noXml) {
            boolean noText = noXml.getNestedException() instanceof CharConversionException;
            if (!noText && noXml.getNestedException() instanceof IOException gone) {
                throw gone;
            }
            return stopped(reader, "The feed is no XML from here on.", "Send RSS 2.0 with one <item> a product.");
        }
    }

    private XMLStreamReader reader() throws XMLStreamException {
        var known = reader;
        if (known == null) {
            var factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            known = factory.createXMLStreamReader(in);
            reader = known;
        }
        return known;
    }

    private Row stopped(@Nullable XMLStreamReader xml, String what, String cure) {
        ended = true;
        return Row.refused(xml == null ? 1 : xml.getLocation().getLineNumber(), "bad-xml", what, cure);
    }

    /** The texts of the item's own elements by their local names; of several with one name the first counts. */
    private static ObjectNode item(XMLStreamReader xml) throws XMLStreamException {
        var fields = Body.create();
        var text = new StringBuilder();
        int room = Lines.LONGEST;
        int depth = 1;
        while (depth > 0 && xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                int kept = Math.min(room, xml.getTextLength());
                text.append(xml.getTextCharacters(), xml.getTextStart(), kept);
                room -= kept;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                var name = xml.getLocalName();
                if (depth == 1 && !text.toString().isBlank() && !fields.has(name)) {
                    fields.put(name, text.toString().trim());
                }
                text.setLength(0);
            }
        }
        return fields;
    }
}
