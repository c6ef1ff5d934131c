using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>Finds the code of a delegate, as far as it stands in the same file.</summary>
internal static class DelegateBody
{
    /// <summary>The body of a lambda, or that of a method or local function of the same file; null for any other.</summary>
    /// <param name="code">The delegate.</param>
    public static IOperation? Of(IOperation code) => code switch
    {
        IAnonymousFunctionOperation lambda => lambda.Body,
        IMethodReferenceOperation group => OfMethod(group.Method, group),
        _ => null,
    };

    /// <summary>The body of a method or local function of the same file; null for any other.</summary>
    /// <param name="method">The method.</param>
    /// <param name="user">An operation in the same file.</param>
    public static IOperation? OfMethod(IMethodSymbol method, IOperation user) =>
        method.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == user.Syntax.SyntaxTree
            ? user.SemanticModel?.GetOperation(reference.GetSyntax())
            : null;
}
