namespace SafeLaunch.Tests.Model;

/// <summary>The acts of a caller on a started launch.</summary>
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
