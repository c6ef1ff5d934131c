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
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } group =>
            DelegateBody.Of(group) is ILocalFunctionOperation function && FirstIn(function, function.Symbol) is { } captured ? (group.Syntax.GetLocation(), captured.Name) : null,
        IMethodReferenceOperation { Instance: { } instance } group => (group.Syntax.GetLocation(), instance.ReferredSymbol()?.Name ?? "this"),
        IAnonymousFunctionOperation lambda => FirstIn(lambda, lambda.Symbol) is { } captured ? (captured.Operation.Syntax.GetLocation(), captured.Name) : null,
        _ => null,
    };

    private static (IOperation Operation, string Name)? FirstIn(IOperation function, IMethodSymbol method) => function.Descendants()
        .Select(operation => NameOf(operation, method) is { } name && operation.Parent is not INameOfOperation ? (operation, name) : ((IOperation, string)?)null)
        .FirstOrDefault(found => found is not null);

    private static string? NameOf(IOperation operation, IMethodSymbol method) => operation switch
    {
        ILocalReferenceOperation { ConstantValue.HasValue: false } local => IsOutside(local.Local, method) ? local.Local.Name : null,
        IParameterReferenceOperation parameter => IsOutside(parameter.Parameter, method) ? parameter.Parameter.Name : null,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: INamedTypeSymbol self } => method.ContainingType.Is(self) ? "this" : null,
        _ => null,
    };

    /// <summary>Whether a variable belongs neither to a method nor to a function inside of that method.</summary>
    private static bool IsOutside(ISymbol variable, IMethodSymbol method)
    {
        var owner = variable.ContainingSymbol;
        while (owner is not null && !SymbolEqualityComparer.Default.Equals(owner, method))
        {
            owner = owner.ContainingSymbol;
        }

        return owner is null;
    }
}
