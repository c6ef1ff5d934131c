using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SafeLaunch.Analyzers;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace SafeLaunch.CodeFixes.Fixes;

/// <summary>Lets the system choose the port of an address.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixedPortFix))]
[Shared]
internal sealed class FixedPortFix() : LaunchFix(DiagnosticIds.FixedPort)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override Edit? EditOf(SyntaxNode node, Diagnostic diagnostic)
    {
        if ((node as LiteralExpressionSyntax ?? (node as ArgumentSyntax)?.Expression) is not LiteralExpressionSyntax { Token.Value: string addresses } literal
            || IsOfProbe(literal))
        {
            return null;
        }

        // Kestrel gives a free port to an IP address only.
        var free = Regex.Replace(addresses, @"://(?<host>[^/:;\[]+|\[[^\]]+\]):\d+", "://${host}:0", RegexOptions.ExplicitCapture, Patience).Replace("://localhost:0", "://127.0.0.1:0");
        return string.Equals(free, addresses, StringComparison.Ordinal) ? null : new("Take a free port", literal, LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(free)).WithTriviaFrom(literal));
    }

    /// <summary>A probe with port 0 would never find the launch ready.</summary>
    private static bool IsOfProbe(LiteralExpressionSyntax address) =>
        address.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var method } }
        && method is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Http" or "Tcp" } or IdentifierNameSyntax { Identifier.ValueText: "Http" or "Tcp" };
}
