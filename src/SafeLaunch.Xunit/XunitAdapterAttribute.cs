namespace SafeLaunch;

/// <summary>
/// Tells SafeLaunch that xUnit (version 2) runs the tests of this assembly, by <see cref="ServerTestFramework"/>. The build adds both to each project
/// that refers to the package, unless the project sets <c>GenerateAssemblyInfo</c> to false: such a project states them.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class XunitAdapterAttribute : TestFrameworkAdapterAttribute;
