package io.tappa.api.event;

import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose visitor is meant by some ids, and what has to happen so that all of them mean it.
 *
 * <p>The person who signed in decides; ids that belong to nobody are given to that visitor, visitors of nobody else are
 * joined to it, and a device on which somebody else signed in goes over to them. Two people never become one.
 *
 * @param home the visitor
 * @param ids the ids that count for it; those that belong to others are left out
 * @param unlinked those of them that do not lead there yet
 * @param join another visitor who is the same person, or null
 * @param handOver devices that now belong here, each with the visitor who has them
 * @param unproven kinds of ids that were left out because they have a history and nobody proved them
 * @param erasedMillis events up to this moment stay out, since somebody known by one of the ids was erased then
 */
record Resolution(
        Home home,
        Identities ids,
        List<Identity> unlinked,
        @Nullable Lead join,
        List<Lead> handOver,
        List<IdKind> unproven,
        long erasedMillis) {
    /** What {@code leads}, in the order of {@code ids}, mean. */
    static Resolution of(Identities ids, List<Lead> leads) {
        return new Resolver(ids, leads).resolve();
    }

    /** The same for the visitor as somebody else just left it. */
    Resolution at(Home current) {
        return new Resolution(current, ids, unlinked, join, handOver, unproven, erasedMillis);
    }

    /** Whether somebody known by one of the ids was erased after {@code event} happened. */
    boolean wasErasedSince(VisitorEvent event) {
        return event.atMillis() <= erasedMillis;
    }

    private static final class Resolver {
        private final List<Lead> leads;
        private final List<Identity> left = new ArrayList<>();
        private final Identities ids;
        private final List<IdKind> unproven = new ArrayList<>();

        Resolver(Identities ids, List<Lead> leads) {
            this.ids = ids;
            this.leads = new ArrayList<>(leads);
        }

        Resolution resolve() {
            leaveOutUnproven();
            var user = user();
            var target = target(user);
            var person = target.state().userId() != null ? target.state().userId() : user == null ? null : user.id();
            var unlinked = new ArrayList<Identity>();
            var handOver = new ArrayList<Lead>();
            Lead join = null;
            for (var lead : leads) {
                if (lead.key().equals(target.key()) && !isSquatted(lead)) {
                    continue;
                }
                if (wasOnlyShownSomething(lead)) {
                    join = join == null ? lead : join;
                } else if (!lead.known()) {
                    unlinked.add(lead.id());
                } else if (isSquatted(lead)) {
                    handOver.add(lead);
                } else if (mayJoin(target, lead, person)) {
                    join = join == null ? lead : join;
                } else if (!lead.id().kind().namesAPerson() && !wereParted(target, lead)) {
                    handOver.add(lead);
                } else {
                    left.add(lead.id());
                }
            }
            unlinked.removeIf(id -> VisitorKey.of(id).equals(target.key()));
            var meant = ids.without(left);
            return new Resolution(
                    target,
                    meant == null ? ids : meant,
                    List.copyOf(unlinked),
                    join,
                    handOver,
                    List.copyOf(unproven),
                    leads.stream().mapToLong(Lead::erasedMillis).max().orElse(0));
        }

        /**
         * Who cannot prove to be a person with a history, or to use a device that has one, acts under the other ids only. A
         * userId or a device without history may be taken; cards and addresses, which others know too, may not.
         */
        private void leaveOutUnproven() {
            for (var lead : List.copyOf(leads)) {
                var kind = lead.id().kind();
                if (ids.proves(kind) || kind == IdKind.ANONYMOUS || isShared(lead) || leads.size() == 1) {
                    continue;
                }
                boolean mayBeTaken = kind == IdKind.USER || kind == IdKind.DEVICE;
                if (!mayBeTaken || lead.known()) {
                    leads.remove(lead);
                    left.add(lead.id());
                    unproven.addAll(mayBeTaken ? List.of(kind) : List.of());
                }
            }
        }

        /** Whether another of the ids leads to the same visitor. */
        private boolean isShared(Lead lead) {
            return leads.stream()
                    .anyMatch(other ->
                            !other.id().equals(lead.id()) && other.key().equals(lead.key()));
        }

        private @Nullable Lead user() {
            return leads.stream()
                    .filter(lead -> lead.id().kind() == IdKind.USER)
                    .findFirst()
                    .orElse(null);
        }

        /** A userId that somebody took without proof, and that is now proven by somebody else. */
        private boolean isSquatted(Lead lead) {
            var lane = lead.state().lanes().get(lead.id());
            return ids.proves(IdKind.USER)
                    && lead.id().kind() == IdKind.USER
                    && lead.known()
                    && lane != null
                    && !lane.proven()
                    && !isShared(lead);
        }

        private Home target(@Nullable Lead user) {
            if (user != null && user.known() && !isSquatted(user)) {
                return new Home(user.key(), user.state());
            }
            for (var lead : leads) {
                if (!lead.id().kind().equals(IdKind.USER) && lead.known() && mayBelongTo(lead.state(), user)) {
                    return new Home(lead.key(), lead.state());
                }
            }
            return newHome(user);
        }

        private static boolean mayBelongTo(VisitorState state, @Nullable Lead user) {
            var person = state.userId();
            return user == null || person == null || person.equals(user.id());
        }

        /** Nobody yet, but caps are remembered: they count for the visitor whom the id names from now on. */
        private static boolean wasOnlyShownSomething(Lead lead) {
            return !lead.known() && lead.state().isKept();
        }

        /** Nobody is known yet; a new visitor lives at the first of the ids whose own place is free. */
        private Home newHome(@Nullable Lead user) {
            var lane = leads.stream()
                    .filter(lead -> !lead.known() && lead.id().equals(ids.lane()))
                    .findFirst();
            if (lane.isPresent()) {
                return lane.filter(lead -> lead.state().isKept())
                        .or(() -> leads.stream()
                                .filter(Resolver::wasOnlyShownSomething)
                                .findFirst())
                        .or(() -> lane)
                        .map(lead -> new Home(VisitorKey.of(lead.id()), lead.state()))
                        .orElseThrow();
            }
            if (user != null && user.known()) {
                return new Home(VisitorKey.second(user.id()), VisitorState.UNSEEN);
            }
            var free = user != null ? user : leads.get(0);
            return new Home(VisitorKey.of(free.id()), free.state());
        }

        private static boolean mayJoin(Home target, Lead lead, @Nullable Identity person) {
            var other = lead.state().userId();
            boolean samePerson = person == null || other == null || person.equals(other);
            return samePerson && !wereParted(target, lead);
        }

        /** Whether somebody took these two apart; then nothing but people may bring them together again. */
        private static boolean wereParted(Home target, Lead lead) {
            return target.state().partedFrom(lead.key()) || lead.state().partedFrom(target.key());
        }
    }
}
