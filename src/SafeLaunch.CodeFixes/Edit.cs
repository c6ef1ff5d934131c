using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Formatting;

namespace SafeLaunch.CodeFixes;

/// <summary>One change of a file.</summary>
/// <param name="Title">What a person sees who chooses it.</param>
/// <param name="Old">The node before.</param>
/// <param name="New">The node after.</param>
internal sealed record Edit(string Title, SyntaxNode Old, SyntaxNode New)
{
    /// <summary>Changes a file, and lets it be formatted there.</summary>
    /// <param name="root">The root of the file.</param>
    public SyntaxNode ApplyTo(SyntaxNode root) => root.ReplaceNode(this.Old, this.New.WithAdditionalAnnotations(Formatter.Annotation));
}
