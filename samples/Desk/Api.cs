using Microsoft.AspNetCore.Builder;

namespace Desk;

/// <summary>A small API that counts orders, and crashes when it is asked to.</summary>
internal static class Api
{
    public static async Task RunAsync()
    {
        var orders = 0;
        var crash = new TaskCompletionSource();
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/orders", () => orders);
        app.MapPost("/orders", () => Interlocked.Increment(ref orders));
        app.MapPost("/crash", () => { crash.TrySetException(new InvalidOperationException("The API was asked to crash.")); });
        await await Task.WhenAny(app.RunAsync(), crash.Task);
    }
}
