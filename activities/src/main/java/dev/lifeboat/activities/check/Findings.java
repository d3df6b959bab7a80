package dev.lifeboat.activities.check;

import dev.lifeboat.activities.Failures;
import dev.lifeboat.repository.store.StoreException;
import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.activity.Finding.Verdict;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was found of one subject so far. A thing that throws is a thing that failed, and the rest is still tried. */
final class Findings {

    private final String subject;
    private final List<Finding> found = new ArrayList<>();

    Findings(String subject) {
        this.subject = subject;
    }

    void pass(String check, String detail) {
        found.add(new Finding(subject, check, Verdict.PASS, detail, ""));
    }

    void warn(String check, String detail, String hint) {
        found.add(new Finding(subject, check, Verdict.WARN, detail, hint));
    }

    void fail(String check, String detail, String hint) {
        found.add(new Finding(subject, check, Verdict.FAIL, detail, hint));
    }

    /** Tries {@code work}, whose answer is what there is to say when it passed; false if it failed. */
    boolean attempt(String check, Supplier<String> work) {
        try {
            pass(check, work.get());
            return true;
        } catch (ApplicationFailure failure) {
            fail(check, failure.getOriginalMessage(), Failures.hint(failure));
            return false;
        } catch (StoreException failure) {
            fail(check, String.valueOf(failure.getMessage()), failure.hint());
            return false;
        } catch (RuntimeException failure) {
            fail(check, String.valueOf(failure.getMessage()), "");
            return false;
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
