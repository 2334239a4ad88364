package io.tappa.api.store;

import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How imports went, kept for seven days. */
public interface ImportJobs {
    /** Refused lines of one job that are kept; further ones are only counted. */
    int MOST_REFUSED = 100_000;

    /**
     * How far an import is.
     *
     * @param job its name
     * @param kind what is imported
     * @param state running, finished, failed or interrupted
     * @param started when it began, ISO 8601
     * @param updated when this was written, ISO 8601
     * @param counts what became of the lines so far
     */
    record Job(String job, String kind, State state, String started, String updated, Counts counts) {}

    /** Where an import stands. */
    enum State {
        RUNNING,
        FINISHED,
        FAILED,
        INTERRUPTED
    }

    /**
     * What became of lines.
     *
     * @param lines rows read, without the header and those skipped
     * @param accepted rows that changed something
     * @param duplicates rows that were known
     * @param refused rows that changed nothing, for a reason
     * @param next line to go on from, should the import be sent again
     */
    record Counts(long lines, long accepted, long duplicates, long refused, long next) {
        /** Nothing was read yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 1);
    }

    /**
     * A line that was refused. What stands in the line is not told: nothing here is found when a person is erased.
     *
     * @param line its number in the file, from 1
     * @param code why
     * @param place JSON pointer to the field that is wrong, empty where it is the whole line
     * @param what what is wrong with it, without the value
     * @param cure how to mend it
     */
    record RefusedLine(long line, String code, String place, String what, String cure) {
        public RefusedLine {
            place = Excerpt.of(place);
            what = Excerpt.of(Discreet.of(what, place));
            cure = Excerpt.of(cure);
        }
    }

    /** Writes a new job; lines that an earlier one of the same name refused are forgotten. */
    Mono<Void> begin(Job job);

    /** Writes how far a job is. */
    Mono<Void> save(Job job);

    /** How far a job is, or empty when nobody knows it. */
    Mono<Job> find(String job);

    /** Adds refused lines of a job. */
    Mono<Void> refuse(String job, List<RefusedLine> lines);

    /** The refused lines of a job, at most {@code most}, in the order they were read. */
    Flux<RefusedLine> refused(String job, int most);
}
