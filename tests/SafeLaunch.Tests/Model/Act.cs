namespace SafeLaunch.Tests.Model;

/// <summary>What somebody may do to a launch that was started.</summary>
internal enum Act
{
    Post,
    PostInside,
    Send,
    Invoke,
    InvokeTask,
    Stop,
    StopAsync,
    StopWithCancelledWait,
    StopInside,
    Dispose,
    DisposeAsync,
    RequestStop,
    RequestStopInside,
    PostThatThrows,
    AsyncVoidThatThrows,
    LetDelegateReturn,
    LetDelegateThrow,
}
