using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SafeLaunch.Analyzers;

/// <summary>Finds what a delegate captures.</summary>
internal static class Captures
{
    /// <summary>The first thing that a delegate captures; null if it captures nothing, or cannot be looked into.</summary>
    /// <param name="code">The delegate.</param>
    public static (Location Location, string Name)? FirstOf(IOperation code) => code switch
    {
        IMethodReferenceOperation { Instance: { } instance } group => (group.Syntax.GetLocation(), instance.ReferredSymbol()?.Name ?? "this"),
        IAnonymousFunctionOperation lambda => lambda.Body.Descendants()
            .Select(operation => NameOf(operation, lambda) is { } name ? (operation.Syntax.GetLocation(), name) : ((Location Location, string Name)?)null)
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string? NameOf(IOperation operation, IAnonymousFunctionOperation lambda) => operation switch
    {
        ILocalReferenceOperation { ConstantValue.HasValue: false } local => IsOutside(local.Local, lambda) && !IsName(local) ? local.Local.Name : null,
        IParameterReferenceOperation parameter => IsOutside(parameter.Parameter, lambda) && !IsName(parameter) ? parameter.Parameter.Name : null,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } self => IsOfLambda(self, lambda) && !IsName(self) ? "this" : null,
        _ => null,
    };

    private static bool IsOutside(ISymbol symbol, IAnonymousFunctionOperation lambda) =>
        !symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == lambda.Syntax.SyntaxTree && lambda.Syntax.Span.Contains(reference.Span));

    /// <summary>Whether an instance is that of the code around the lambda, and not that of an anonymous type or an initializer in it.</summary>
    private static bool IsOfLambda(IInstanceReferenceOperation self, IAnonymousFunctionOperation lambda) =>
        self.Type.IsSame(lambda.Symbol.ContainingType);

    private static bool IsName(IOperation operation) => operation.Parent is INameOfOperation;
}
