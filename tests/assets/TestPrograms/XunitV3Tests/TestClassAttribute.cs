namespace TestPrograms;

/// <summary>Nothing marks a class of tests under this framework.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TestClassAttribute : Attribute;
