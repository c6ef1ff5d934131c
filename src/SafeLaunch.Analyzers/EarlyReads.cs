using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SafeLaunch.Analyzers;

/// <summary>
/// Finds the keys that code reads from <c>builder.Configuration</c> before it calls <c>Build</c>. It reads the text alone, since the code may
/// stand in another file.
/// </summary>
internal static class EarlyReads
{
    public static IEnumerable<string> In(SyntaxNode code)
    {
        var build = code.DescendantNodes().OfType<InvocationExpressionSyntax>().LastOrDefault(IsBuild);
        return build is null
            ? []
            : code.DescendantNodes(node => node == code || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .OfType<ExpressionSyntax>()
                .Where(read => read.Span.End < build.Span.End)
                .Select(KeyOf)
                .OfType<string>();
    }

    private static bool IsBuild(InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Build" }, ArgumentList.Arguments.Count: 0 };

    /// <summary>The key that an expression reads; null for any other expression.</summary>
    private static string? KeyOf(ExpressionSyntax read) => read switch
    {
        ElementAccessExpressionSyntax { Expression: var source, ArgumentList.Arguments: [var key] } when IsConfiguration(source) && !IsWritten(read) => Text(key),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source, Name.Identifier.ValueText: "GetValue" }, ArgumentList.Arguments: [var key, ..] }
            when IsConfiguration(source) => Text(key),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source, Name.Identifier.ValueText: "GetConnectionString" }, ArgumentList.Arguments: [var name] }
            when IsConfiguration(source) => Text(name) is { } connection ? $"ConnectionStrings:{connection}" : null,
        _ => null,
    };

    private static bool IsConfiguration(ExpressionSyntax source) =>
        source is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Configuration" };

    private static bool IsWritten(ExpressionSyntax target) => target.Parent is AssignmentExpressionSyntax assignment && assignment.Left == target;

    private static string? Text(ArgumentSyntax argument) =>
        argument.Expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;
}
