using System.Text;

namespace SafeLaunch.Running;

/// <summary>Reads the lines of an output. A line that does not end is cut, so that no output uses up the memory.</summary>
internal static class LineReader
{
    private const int Longest = 16 * 1024;

    /// <summary>Ends with the output.</summary>
    public static async Task ReadAsync(Stream stream, Action<string> onLine)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var buffer = new char[Longest];
        var line = new StringBuilder();
        try
        {
            while (await reader.ReadAsync(buffer, 0, buffer.Length).ConfigureAwait(false) is var read and > 0)
            {
                for (var i = 0; i < read; i++)
                {
                    if (buffer[i] == '\n' || line.Length == Longest)
                    {
                        Pass(line, onLine);
                    }

                    if (buffer[i] != '\n')
                    {
                        line.Append(buffer[i]);
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The launch has ended, and with it its interest in what a stranger still writes.
        }

        if (line.Length > 0)
        {
            Pass(line, onLine);
        }
    }

    private static void Pass(StringBuilder line, Action<string> onLine)
    {
        onLine(line.ToString().TrimEnd('\r'));
        line.Clear();
    }
}
