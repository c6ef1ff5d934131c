using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeLaunch.Running;

/// <summary>Waits until a process prints a line, and takes the address of its server from it.</summary>
internal sealed class OutputProbe(Regex pattern)
{
    private const string AddressGroup = "address";

    public async Task WaitAsync(LaunchContext context, CancellationToken cancellationToken)
    {
        var lines = OutputLines.Of(context);
        var found = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool Watch(string line)
        {
            try
            {
                return pattern.Match(line) is { Success: true } match && found.TrySetResult(AddressIn(context, line, match));
            }
            catch (Exception e)
            {
                return found.TrySetException(e);
            }
        }

        lines.Watch(Watch);
        using (cancellationToken.Register(() => found.TrySetException(new TimeoutException($"no line of its output has matched '{pattern}'. {lines.Tail}"))))
        {
            try
            {
                if (await found.Task.ConfigureAwait(false) is { } address)
                {
                    context.AddAddresses(address);
                }
            }
            finally
            {
                lines.Remove(Watch);
            }
        }
    }

    /// <summary>The address in the group of that name, or in the only group; null for a pattern without groups.</summary>
    private static Uri? AddressIn(LaunchContext context, string line, Match match)
    {
        var group = match.Groups[AddressGroup] is { Success: true } named ? named : match.Groups.Count > 1 ? match.Groups[1] : null;
        if (group is null)
        {
            return null;
        }

        var text = group.Value;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new($"http://localhost:{port}")
            : Uri.TryCreate(text.Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://localhost", StringComparison.Ordinal), UriKind.Absolute, out var address) ? address
            : throw new LaunchException($"Launch '{context.Name}': '{text}' in the line '{line}' is neither an address nor a port. Let the group of the pattern match the one or the other.");
    }
}
