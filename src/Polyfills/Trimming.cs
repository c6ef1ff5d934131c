using Microsoft.CodeAnalysis;

namespace System.Diagnostics.CodeAnalysis;

// They have no effect on .NET Standard, and so need no condition in the code.

/// <summary>Tells that a member does not work where unused code is removed.</summary>
/// <param name="message">The reason, and the remedy.</param>
[Embedded]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Class, Inherited = false)]
internal sealed class RequiresUnreferencedCodeAttribute(string message) : Attribute
{
    public string Message => message;
}

/// <summary>Tells that a member does not work where no code can be compiled while the program runs.</summary>
/// <param name="message">The reason, and the remedy.</param>
[Embedded]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Class, Inherited = false)]
internal sealed class RequiresDynamicCodeAttribute(string message) : Attribute
{
    public string Message => message;
}

/// <summary>Suppresses a warning, also after the compilation.</summary>
/// <param name="category">The category of the warning.</param>
/// <param name="checkId">The id of the warning.</param>
[Embedded]
[AttributeUsage(AttributeTargets.All, AllowMultiple = true, Inherited = false)]
internal sealed class UnconditionalSuppressMessageAttribute(string category, string checkId) : Attribute
{
    public string Category => category;

    public string CheckId => checkId;

    public string? Justification { get; set; }
}

/// <summary>Keeps members of a type that only reflection finds.</summary>
/// <param name="memberTypes">Which members.</param>
/// <param name="typeName">The full name of the type.</param>
/// <param name="assemblyName">The name of its assembly.</param>
[Embedded]
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Field, AllowMultiple = true, Inherited = false)]
internal sealed class DynamicDependencyAttribute(DynamicallyAccessedMemberTypes memberTypes, string typeName, string assemblyName) : Attribute
{
    public DynamicallyAccessedMemberTypes MemberTypes => memberTypes;

    public string TypeName => typeName;

    public string AssemblyName => assemblyName;
}

/// <summary>The members that a <see cref="DynamicDependencyAttribute"/> keeps. The numbers are those of .NET.</summary>
[Embedded]
[Flags]
internal enum DynamicallyAccessedMemberTypes
{
    None = 0,
    PublicMethods = 8,
}
