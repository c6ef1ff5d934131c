using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Takes the internal members out of the documentation of an assembly, so that the package documents the public ones only.</summary>
public sealed class KeepPublicDocumentation : Task
{
    /// <summary>The file that the compiler has written.</summary>
    [Required]
    public string Documentation { get; set; }

    /// <summary>The lists of public members, which the compiler compares with the code.</summary>
    [Required]
    public ITaskItem[] PublicMembers { get; set; }

    public override bool Execute()
    {
        var names = new HashSet<string>(this.PublicMembers.SelectMany(list => File.ReadLines(list.GetMetadata("FullPath"))).Select(NameOfLine));
        var document = XDocument.Load(this.Documentation, LoadOptions.PreserveWhitespace);
        var members = document.Descendants("member").Where(member => !names.Contains(NameOfId(member.Attribute("name").Value))).ToList();
        foreach (var member in members)
        {
            // With the line break and the indentation before it.
            (member.PreviousNode as XText)?.Remove();
            member.Remove();
        }

        if (members.Count > 0)
        {
            document.Save(this.Documentation, SaveOptions.DisableFormatting);
        }

        return true;
    }

    /// <summary>The name, and of a method the number of parameters, in a line such as "static SafeLaunch.Launcher.For&lt;T&gt;(System.Func&lt;T&gt;! launch) -> SafeLaunch.Launcher!".</summary>
    private static string NameOfLine(string line)
    {
        var member = Regex.Replace(line, @"^((static|const|readonly|abstract|virtual|override|sealed) )+", "");
        var name = Regex.Replace(member, @"( ->| = |\(|\.(get|set|init)\b).*", "");
        var plain = Regex.Replace(Regex.Replace(name, @"<.*>", ""), @"\.this\[.*", ".Item");
        return Regex.Replace(plain, @"(?<=\b(\w+))\.\1$", ".#ctor") + ParametersOf(Regex.Replace(member, " -> .*", ""));
    }

    /// <summary>The same in an identifier such as "M:SafeLaunch.Launcher.For``1(System.Func{``0})". A member of an extension block has the name of the block's class.</summary>
    private static string NameOfId(string id)
    {
        var name = Regex.Replace(Regex.Replace(id.Substring(2), @"(\(|~|\.<).*", ""), @"`+\d+", "");
        return id.StartsWith("M:") && !id.Contains(".<") ? name + ParametersOf(id.Contains("(") ? id : id + "()") : name;
    }

    private static string ParametersOf(string member)
    {
        var start = member.IndexOf('(');
        if (start < 0)
        {
            return "";
        }

        // Commas in type arguments and in arrays separate no parameters.
        var count = member[start + 1] == ')' ? 0 : 1;
        var depth = 0;
        foreach (var character in member.Substring(start + 1))
        {
            depth += "(<{[".IndexOf(character) >= 0 ? 1 : ")>}]".IndexOf(character) >= 0 ? -1 : 0;
            count += character == ',' && depth == 0 ? 1 : 0;
        }

        return "/" + count;
    }
}
