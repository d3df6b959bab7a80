package dev.lifeboat.starter;

import dev.lifeboat.workflows.model.RunName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a run that somebody typed. */
final class RunOption implements ITypeConverter<RunName> {

    @Override
    public RunName convert(String typed) {
        try {
            return new RunName(typed);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "'%s' is not the name of a run, such as backup-orders-20261121T031500Z-k3x9".formatted(typed));
        }
    }
}
