using System.Net.Http.Headers;
using System.Security.Cryptography;
using SafeLaunch;

namespace NetFrameworkParent;

/// <summary>The add-in of a program that has no ASP.NET Core. Its tool server is a separate program, which orders the work of its tools from here.</summary>
/// <param name="program">The tool server.</param>
/// <param name="carryOut">Carries an order out where the API of the host may be called, and answers it.</param>
internal sealed class ToolAddIn(string program, Func<string, Task<string>> carryOut)
{
    private readonly CancellationTokenSource closing = new();
    private LaunchHandle server;

    /// <summary>What the assistant and this add-in send as <c>Authorization: Bearer</c>.</summary>
    public string Key { get; } = NewKey();

    public Uri Open()
    {
        this.server = ChildProcess.ForProgram(
            program,
            options => options.Configuration["Key"] = this.Key,
            child => child.UseLoopback = true).Start();
        _ = Task.Run(this.CarryOutAsync);
        return new Uri(this.server.Address, "mcp");
    }

    public LaunchOutcome Close()
    {
        this.closing.Cancel();
        return this.server.Stop();
    }

    private async Task CarryOutAsync()
    {
        using var client = new HttpClient { BaseAddress = this.server.Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", this.Key);
        for (var answer = ""; ;)
        {
            using var order = await client.PostAsync("orders", new StringContent(answer), this.closing.Token);
            answer = await this.AnswerAsync(await order.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        }
    }

    /// <summary>A failure is an answer too: the next order waits for it.</summary>
    private async Task<string> AnswerAsync(string order)
    {
        try
        {
            return await carryOut(order);
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    private static string NewKey()
    {
        var key = new byte[32];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(key);
        }

        return Convert.ToBase64String(key);
    }
}
