package dev.lifeboat.repository.verification;

/**
 * One check of a backup.
 *
 * @param name what is checked: {@code manifest}, {@code signature}, {@code seal}, {@code stored}, {@code opens}, {@code dump}, {@code
 *     table}, {@code large objects}, {@code sequences}, {@code schema}, {@code nothing else}
 * @param subject which one of several, an object's key or a table; empty where there is only one
 * @param words what was found
 * @param hint the next move, one sentence; empty where there is nothing to do
 */
public record Check(String name, String subject, Verdict verdict, String words, String hint) {

    static Check pass(String name, String subject, String words) {
        return new Check(name, subject, Verdict.PASS, words, "");
    }
}
