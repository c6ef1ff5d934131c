using Microsoft.CodeAnalysis;

namespace SafeLaunch.CodeFixes;

/// <summary>One change of a file.</summary>
/// <param name="Title">What a person sees who chooses it.</param>
/// <param name="Old">The node before.</param>
/// <param name="New">The node after.</param>
internal sealed record Edit(string Title, SyntaxNode Old, SyntaxNode New);
