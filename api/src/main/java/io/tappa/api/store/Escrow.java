package io.tappa.api.store;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Budgets: what there is of something in all, for all visitors. A part is reserved before it is promised and confirmed once it was
 * seen; what is not confirmed in time is free again. Never more is used and reserved than there is. Each call is one round
 * trip and may be sent again.
 */
public interface Escrow {
    /**
     * A part of a budget that is to be reserved.
     *
     * @param budget name of the budget
     * @param slot who would get it where: one reservation at a time, whoever asks
     * @param ref names the answer that promises it, for its confirmation
     * @param amount how much, in units of the budget
     * @param limit how much there is in all
     */
    record Part(String budget, String slot, String ref, long amount, long limit) {}

    /**
     * Where a budget stands.
     *
     * @param used what is gone for good
     * @param held what is reserved
     * @param late what was seen after its reservation had ended, and counted then; part of {@code used}
     * @param over what was seen after its reservation had ended when there was nothing more, and so was not counted
     */
    record Level(long used, long held, long late, long over) {}

    /**
     * What became of a wish to reserve.
     *
     * @param granted whether it is reserved now, for as long as was asked
     * @param level where the budget stands
     */
    record Reserved(boolean granted, Level level) {}

    /** What became of a confirmation. */
    enum Confirmed {
        /** It was reserved and is used now. */
        COUNTED,
        /** It was counted before. */
        AGAIN,
        /** Its reservation had ended; there was enough, so it is used now. */
        LATE,
        /** Its reservation had ended and there was nothing more: it is not counted. */
        OVER
    }

    /** Reserves a part for {@code life} from {@code nowMillis}, or prolongs the reservation that the slot has. */
    Mono<Reserved> reserve(Part part, long nowMillis, Duration life);

    /**
     * Confirms what was promised under {@code ref}; once for all promises that share a reservation.
     *
     * @param amount how much it is, where its reservation has ended
     * @param limit how much there is in all
     */
    Mono<Confirmed> confirm(String budget, String ref, long amount, long limit, long nowMillis);

    /** Where a budget stands; what was not confirmed in time is free again. */
    Mono<Level> level(String budget, long nowMillis);
}
