package dev.lifeboat.workflows.check;

import dev.lifeboat.workflows.activity.Finding;
import dev.lifeboat.workflows.model.RunName;
import java.util.List;

/** What a check found, thing by thing, and the worst of it. */
public record CheckReport(RunName run, Finding.Verdict verdict, List<Finding> findings) {}
