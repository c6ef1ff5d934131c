using Microsoft.CodeAnalysis;

namespace SafeLaunch.Analyzers;

/// <summary>Comparisons of types, either of which may be missing.</summary>
internal static class TypeExtensions
{
    public static bool IsSame(this ITypeSymbol? type, ITypeSymbol? other) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type, other);

    /// <summary>Whether a type is another one, derives from it, or implements it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="other">The class or interface.</param>
    public static bool Is(this ITypeSymbol? type, INamedTypeSymbol? other)
    {
        if (type is null || other is null)
        {
            return false;
        }

        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsSame(other))
            {
                return true;
            }
        }

        return other.TypeKind == TypeKind.Interface && type.AllInterfaces.Contains(other, SymbolEqualityComparer.Default);
    }

    /// <summary>Whether a type is of one of the packages of SafeLaunch.</summary>
    /// <param name="type">The type.</param>
    public static bool IsOfSafeLaunch(this ITypeSymbol type) =>
        type.ContainingAssembly is { Name: var name } && (name is "SafeLaunch" || name.StartsWith("SafeLaunch.", StringComparison.Ordinal));
}
