package dev.lifeboat.workers;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a class file for handlers of any type, which is what the compiler makes of {@code finally}. */
final class Finallys extends ClassVisitor {

    private final String type;
    private final List<String> found;

    Finallys(String type, List<String> found) {
        super(Opcodes.ASM9);
        this.type = type;
        this.found = found;
    }

    void read(byte[] code) {
        new ClassReader(code).accept(this, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String caught) {
                if (caught == null) {
                    found.add(type + "." + name);
                }
            }
        };
    }
}
