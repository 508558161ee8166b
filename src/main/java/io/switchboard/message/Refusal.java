package io.switchboard.message;

/** Thrown where a command cannot be obeyed; becomes the error answer to that command. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Refuses for this reason. */
    public Refusal(Problem problem) {
        super(problem.code() + " " + problem.message(), null, false, false);
        this.problem = problem;
    }

    /** What the client is told. */
    public Problem problem() {
        return problem;
    }
}
