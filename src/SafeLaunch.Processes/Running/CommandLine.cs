using System.Text;

namespace SafeLaunch.Running;

/// <summary>Arguments as one text, as .NET and the programs of Windows take it apart again.</summary>
internal static class CommandLine
{
    public static string Of(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quoted));

    private static string Quoted(string argument)
    {
        if (argument.Length > 0 && !argument.Any(letter => char.IsWhiteSpace(letter) || letter is '"'))
        {
            return argument;
        }

        var text = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var letter in argument)
        {
            // Backslashes stand for themselves unless a quotation mark follows them.
            text.Append('\\', letter == '"' ? backslashes + 1 : 0).Append(letter);
            backslashes = letter == '\\' ? backslashes + 1 : 0;
        }

        return text.Append('\\', backslashes).Append('"').ToString();
    }
}
