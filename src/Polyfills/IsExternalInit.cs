using Microsoft.CodeAnalysis;

namespace System.Runtime.CompilerServices;

/// <summary>Marks the setter of a property that is set while its object is made.</summary>
[Embedded]
internal static class IsExternalInit;
