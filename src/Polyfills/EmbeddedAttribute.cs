namespace Microsoft.CodeAnalysis;

/// <summary>Hides a type from other assemblies, also from those that see the internal types of this one and have a type of the same name.</summary>
[Embedded]
[AttributeUsage(AttributeTargets.All)]
internal sealed class EmbeddedAttribute : Attribute;
