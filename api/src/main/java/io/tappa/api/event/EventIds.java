package io.tappa.api.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Field;
import io.tappa.engine.identity.EmailHash;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.Proof;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids of an event: {@code anonymousId}, {@code userId}, the e-mail address among the traits, and those under
 * {@code context.externalIds} of the types {@code email}, {@code card} and {@code device}.
 */
public final class EventIds {
    private static final String ANONYMOUS = IdKind.ANONYMOUS.key();
    private static final String USER = IdKind.USER.key();
    private static final List<IdKind> EXTERNAL = List.of(IdKind.EMAIL, IdKind.CARD, IdKind.DEVICE);
    private static final String EMAIL = IdKind.EMAIL.key();

    private EventIds() {}

    /** The ids of an event of this type; {@code alias} names the id to join as {@code previousId}. */
    static Identities of(ObjectNode event, String type, String pointer) {
        boolean alias = type.equals("alias");
        var ids = new ArrayList<Identity>();
        add(ids, id(event, USER, pointer), IdKind.USER);
        add(ids, id(event, alias ? "previousId" : ANONYMOUS, pointer), IdKind.ANONYMOUS);
        if (alias) {
            checkAlias(ids, pointer);
        }
        addEmail(ids, Field.object(event, "traits", pointer));
        var context = Field.object(event, "context", pointer);
        if (context != null) {
            addExternal(ids, context, pointer + "/context");
            addEmail(ids, Field.object(context, "traits", pointer + "/context"));
        }
        return some(ids, pointer);
    }

    /** The ids of an object that has {@code anonymousId}, {@code userId} and perhaps {@code email} or {@code card}. */
    public static Identities of(ObjectNode object, String pointer) {
        var ids = new ArrayList<Identity>();
        add(ids, id(object, USER, pointer), IdKind.USER);
        add(ids, id(object, ANONYMOUS, pointer), IdKind.ANONYMOUS);
        for (var kind : EXTERNAL) {
            addExternal(ids, kind, id(object, kind.key(), pointer));
        }
        return some(ids, pointer);
    }

    private static Identities some(List<Identity> ids, String pointer) {
        if (ids.isEmpty()) {
            throw Field.wrong(pointer, "There is neither an anonymousId nor a userId.", "Send at least one of them.");
        }
        return new Identities(ids, Proof.ALL);
    }

    private static void checkAlias(List<Identity> ids, String pointer) {
        if (ids.size() < 2) {
            throw Field.wrong(
                    pointer, "An alias names two ids.", "Send \"previousId\" and the \"userId\" it belongs to.");
        }
        if (ids.get(0).value().equals(ids.get(1).value())) {
            throw Field.wrong(
                    pointer + "/previousId",
                    "An id cannot be an alias of itself.",
                    "Send the id under which the person was known before.");
        }
    }

    private static void addEmail(List<Identity> ids, @Nullable ObjectNode traits) {
        var address = traits == null ? null : traits.get(EMAIL);
        if (address != null && address.isTextual() && address.asText().contains("@")) {
            addExternal(ids, IdKind.EMAIL, address.asText());
        }
    }

    private static void addExternal(List<Identity> ids, ObjectNode context, String pointer) {
        var list = Field.list(context, "externalIds", pointer);
        if (list == null) {
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode external) {
                var place = pointer + "/externalIds/" + i;
                var type = Field.text(external, "type", place);
                for (var kind : EXTERNAL) {
                    if (kind.key().equals(type)) {
                        addExternal(ids, kind, id(external, "id", place));
                    }
                }
            }
        }
    }

    private static void addExternal(List<Identity> ids, IdKind kind, @Nullable String value) {
        add(ids, value == null || kind != IdKind.EMAIL ? value : EmailHash.of(value), kind);
    }

    private static void add(List<Identity> ids, @Nullable String value, IdKind kind) {
        if (value != null && ids.stream().noneMatch(id -> id.kind() == kind)) {
            ids.add(new Identity(kind, value));
        }
    }

    private static @Nullable String id(ObjectNode object, String name, String pointer) {
        var id = Field.text(object, name, pointer);
        if (id == null || id.isEmpty()) {
            return null;
        }
        if (!Identity.isAcceptable(id)) {
            throw Field.wrong(
                    pointer + "/" + name,
                    "This cannot be an %s.".formatted(name),
                    "Use 1 to %d printable characters.".formatted(Identity.LONGEST));
        }
        return id;
    }
}
