package dev.lifeboat.workflows;

import io.temporal.common.SearchAttributeKey;
import java.util.List;

/** The search attributes of a run, all of them keywords. Each change is an event in a history, so there are only three. */
public final class RunAttributes {

    /** The database or cluster that the run is about. */
    public static final SearchAttributeKey<String> TARGET = SearchAttributeKey.forKeyword("LifeboatTarget");

    /** The run's name. */
    public static final SearchAttributeKey<String> RUN = SearchAttributeKey.forKeyword("LifeboatRun");

    /** What an incident waits for while it has a message that nobody got. */
    public static final String DELIVERY = "delivery";

    /** What is waited for: {@code operator}, {@code approval} or {@value #DELIVERY}; absent if nothing is. */
    public static final SearchAttributeKey<String> WAITING = SearchAttributeKey.forKeyword("LifeboatWaiting");

    public static final List<SearchAttributeKey<String>> ALL = List.of(TARGET, RUN, WAITING);

    private RunAttributes() {}
}
