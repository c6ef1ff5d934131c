using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace SafeLaunch.Requests;

/// <summary>A request and its answer, in one line.</summary>
internal sealed class Exchange(HttpRequest request)
{
    private readonly string begin = $"[{DateTime.Now:HH:mm:ss.fff}] {request.Method} {request.PathBase}{request.Path}{request.QueryString}";
    private readonly long startedAt = Stopwatch.GetTimestamp();
    private string answer = "not answered yet";

    public void End(HttpResponse response) => this.End($"{response.StatusCode}");

    public void Fail(Exception exception) => this.End($"{exception.GetType().Name}: {exception.Message}");

    public override string ToString() => $"{this.begin}: {Volatile.Read(ref this.answer)}";

    private void End(string result) =>
        Volatile.Write(ref this.answer, $"{result}, {Stopwatch.GetElapsedTime(this.startedAt).TotalMilliseconds:0} ms");
}
