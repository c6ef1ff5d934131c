using System.Collections;
using System.Globalization;
using System.Reflection;

namespace SafeLaunch.Processes.Tests.Children;

/// <summary>All public options of a launch as texts, so that those of two processes can be compared.</summary>
internal static class OptionTexts
{
    private const string Beginning = "options: ";
    private const string Separator = "; ";

    /// <summary>Each option by its name.</summary>
    public static Dictionary<string, string> Of(LaunchOptions options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => property.Name, property => Text(property.GetValue(options)), StringComparer.Ordinal);

    /// <summary>One line with all of them, which a child process can print.</summary>
    public static string LineOf(LaunchOptions options) => Beginning + string.Join(Separator, Of(options).Select(option => $"{option.Key}={option.Value}"));

    public static bool IsLine(string line) => line.StartsWith(Beginning, StringComparison.Ordinal);

    /// <summary>The options that a line of <see cref="LineOf"/> has.</summary>
    public static Dictionary<string, string> Read(string line) => line[Beginning.Length..].Split(Separator)
        .Select(option => option.Split('=', count: 2))
        .ToDictionary(option => option[0], option => option[1], StringComparer.Ordinal);

    private static string Text(object? value) => value switch
    {
        string text => text,
        IEnumerable several => string.Join(", ", several.Cast<object?>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
