package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contract of transports can fail: each transport here breaks it in one way, and is found. */
class TransportContractTest {

    /** A transport that does as the good one below it; a broken one does one thing otherwise. */
    private static class Wrapped implements Transport {
        final Transport good;

        Wrapped(Transport good) {
            this.good = good;
        }

        @Override
        public void serve(PushHandler handler) {
            good.serve(handler);
        }

        @Override
        public Timers.Cancellable post(Post post, ExchangeListener listener) {
            return good.post(post, listener);
        }

        @Override
        public void close() {
            good.close();
        }
    }

    /** Hears what a listener would hear, and tells it something else. */
    private static class Ear implements Transport.ExchangeListener {
        final Transport.ExchangeListener told;

        Ear(Transport.ExchangeListener told) {
            this.told = told;
        }

        @Override
        public void sent() {
            told.sent();
        }

        @Override
        public void ended(Transport.Outcome outcome) {
            told.ended(outcome);
        }
    }

    private static SortedSet<String> brokenBy(UnaryOperator<Transport> broken) {
        return Contracts.brokenBy(() -> new ScriptedTransportTest() {
            private final Transport transport = broken.apply(super.transport());

            @Override
            protected Transport transport() {
                return transport;
            }
        });
    }

    @Test
    void a_transport_that_does_nothing_otherwise_passes() {
        assertThat(brokenBy(Wrapped::new)).isEmpty();
    }

    @Test
    void an_outcome_told_twice_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        return super.post(post, new Ear(listener) {
                            @Override
                            public void ended(Outcome outcome) {
                                told.ended(outcome);
                                told.ended(outcome);
                            }
                        });
                    }
                }))
                .contains("an_answer_comes_once_with_its_code_and_payload");
    }

    @Test
    void a_callback_inside_the_call_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        if (!post.to().startsWith("coaps")) {
                            listener.ended(new Outcome.Unreachable("no such address"));
                            return () -> {};
                        }
                        return super.post(post, listener);
                    }
                }))
                .containsExactly("an_address_that_is_none_is_unreachable_and_says_why_but_not_inside_the_call");
    }

    @Test
    void a_transport_that_sends_once_only_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        Retransmission once = new Retransmission(Duration.ofSeconds(2), 1, 1, 0, OptionalInt.empty());
                        return super.post(
                                new Post(post.to(), post.path(), post.content(), post.payload(), once), listener);
                    }
                }))
                .contains(
                        "a_request_that_was_lost_is_sent_again_and_answered",
                        "without_an_answer_it_is_sent_as_often_as_asked_and_given_up_when_the_schedule_is_over");
    }

    @Test
    void a_transport_that_gives_up_early_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        Retransmission hasty = new Retransmission(
                                post.timing().first().dividedBy(10),
                                post.timing().stretch(),
                                post.timing().growth(),
                                post.timing().retransmissions(),
                                post.timing().probeAt());
                        return super.post(
                                new Post(post.to(), post.path(), post.content(), post.payload(), hasty), listener);
                    }
                }))
                .contains("without_an_answer_it_is_sent_as_often_as_asked_and_given_up_when_the_schedule_is_over");
    }

    @Test
    void a_transport_that_does_not_tell_what_it_sent_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        return super.post(post, new Ear(listener) {
                            @Override
                            public void sent() {}
                        });
                    }
                }))
                .contains("an_answer_comes_once_with_its_code_and_payload");
    }

    @Test
    void a_cancelling_that_does_nothing_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        var unused = super.post(post, listener);
                        return () -> {};
                    }
                }))
                .containsExactly("a_cancelled_exchange_is_not_sent_again_and_has_no_outcome");
    }

    @Test
    void a_closing_that_does_nothing_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void close() {}
                }))
                .containsExactly("nothing_is_told_after_closing");
    }

    @Test
    void an_answer_without_its_payload_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        return super.post(post, new Ear(listener) {
                            @Override
                            public void ended(Outcome outcome) {
                                told.ended(
                                        outcome instanceof Outcome.Answered a
                                                ? new Outcome.Answered(
                                                        a.code(), Bytes.EMPTY, a.roundTrip(), a.transmissions())
                                                : outcome);
                            }
                        });
                    }
                }))
                .contains("each_of_many_exchanges_at_once_gets_its_own_answer", "a_code_that_says_no_is_an_answer_too");
    }

    @Test
    void a_refusal_taken_for_silence_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        return super.post(post, new Ear(listener) {
                            @Override
                            public void ended(Outcome outcome) {
                                boolean refused = outcome instanceof Outcome.Answered a && a.code() / 100 == 4;
                                told.ended(refused ? new Outcome.NoAnswer(1) : outcome);
                            }
                        });
                    }
                }))
                .containsExactly("a_code_that_says_no_is_an_answer_too");
    }

    @Test
    void a_transport_that_takes_every_push_whatever_the_session_says_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public void serve(PushHandler handler) {
                        super.serve((path, payload) -> {
                            var unused = handler.pushed(path, payload);
                            return 204;
                        });
                    }
                }))
                .containsExactly("what_a_centre_sends_of_its_own_accord_is_handed_over_and_its_code_goes_back");
    }

    @Test
    void a_copy_that_is_a_request_of_its_own_is_found() {
        assertThat(brokenBy(good -> new Wrapped(good) {
                    @Override
                    public Timers.Cancellable post(Post post, ExchangeListener listener) {
                        var unused = super.post(post, new Ear(listener) {
                            @Override
                            public void sent() {}

                            @Override
                            public void ended(Outcome outcome) {}
                        });
                        return super.post(post, listener);
                    }
                }))
                .contains("a_request_whose_answer_was_lost_reaches_the_centre_s_program_once");
    }
}
