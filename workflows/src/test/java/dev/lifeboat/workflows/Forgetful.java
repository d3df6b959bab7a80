package dev.lifeboat.workflows;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;

/**
 * A worker's line to Temporal on which it never asks for the next task of the same run. A real server gives such a task to
 * somebody else when the worker died; the in-JVM one waits for the dead for ever.
 */
final class Forgetful implements ClientInterceptor {

    @Override
    public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            @SuppressWarnings("unchecked") // a request without one of its fields is of the same type
            public void sendMessage(I message) {
                super.sendMessage(
                        message instanceof RespondWorkflowTaskCompletedRequest completed
                                ? (I) completed.toBuilder()
                                        .clearStickyAttributes()
                                        .build()
                                : message);
            }
        };
    }
}
