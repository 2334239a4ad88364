package io.tappa.api.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** As much of JSON Schema as the schema of the archive needs; a word that is not known here is a mistake. */
final class Schema {
    private static final Set<String> WORDS = Set.of(
            "$schema",
            "title",
            "description",
            "type",
            "additionalProperties",
            "required",
            "properties",
            "pattern",
            "format",
            "items",
            "enum");

    private final JsonNode schema;

    Schema(String text) {
        schema = Body.parsed(text);
    }

    /** What is wrong with {@code value}. */
    List<String> problems(JsonNode value) {
        var problems = new ArrayList<String>();
        check("", schema, value, problems);
        return problems;
    }

    private static void check(String at, JsonNode schema, JsonNode value, List<String> problems) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!WORDS.contains(word)) {
                throw new IllegalArgumentException("The test does not know the word " + word);
            }
        });
        if (schema.has("type") && !isOfType(schema.path("type"), value)) {
            problems.add(at + " is no " + schema.path("type"));
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(at + " is none of " + schema.path("enum"));
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.path("pattern").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(at + " is not like " + schema.path("pattern"));
        }
        if (schema.has("format") && !isMoment(value.asText())) {
            problems.add(at + " is no moment");
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                problems.add(at + " lacks " + name);
            }
        });
        value.properties().forEach(field -> {
            var name = at + "/" + field.getKey();
            var known = schema.path("properties").get(field.getKey());
            if (known != null) {
                check(name, known, field.getValue(), problems);
            } else if (schema.path("additionalProperties").isBoolean()) {
                problems.add(name + " is not known");
            }
        });
        if (schema.has("items")) {
            value.forEach(item -> check(at + "/*", schema.path("items"), item, problems));
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return StreamSupport.stream(values.spliterator(), false).anyMatch(value::equals);
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            return StreamSupport.stream(type.spliterator(), false).anyMatch(one -> isOfType(one, value));
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("The test does not know the type " + type);
        };
    }

    private static boolean isMoment(String text) {
        try {
            return Instant.parse(text).toString().equals(text);
        } catch (DateTimeParseException none) {
            return false;
        }
    }
}
