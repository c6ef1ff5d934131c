using System.Text;
using Microsoft.Playwright;

namespace SafeLaunch;

/// <summary>What the pages of a browser context print, throw and fail to load, line by line.</summary>
internal sealed class PageConsole
{
    private readonly StringBuilder lines = new();

    public string Text
    {
        get
        {
            lock (this.lines)
            {
                return this.lines.ToString();
            }
        }
    }

    public void Follow(IBrowserContext context)
    {
        context.Console += (_, message) => this.Add($"{message.Type}: {message.Text}");
        context.WebError += (_, error) => this.Add($"uncaught: {error.Error}");
        context.RequestFailed += (_, request) => this.Add($"failed: {request.Method} {request.Url}: {request.Failure}");
    }

    private void Add(string line)
    {
        lock (this.lines)
        {
            this.lines.Append($"[{DateTime.Now:HH:mm:ss.fff}] ").AppendLine(line);
        }
    }
}
