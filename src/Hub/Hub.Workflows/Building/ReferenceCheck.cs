using Hub.Abstractions;
using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>Checks what refers to what: names, kinds, members of groups, circles.</summary>
internal sealed class ReferenceCheck(ComponentSet set, WorkflowComponents components, BindingContext context)
{
    private readonly Dictionary<string, IReadOnlyList<string>?> _members = new(StringComparer.Ordinal);

    public void Run()
    {
        foreach (var group in set.Groups.Values)
            Choice(group);
        foreach (var reference in context.References)
        {
            if (reference.Kind == ComponentKind.Tool)
                Tool(reference);
            else
                InSection(reference);
        }

        foreach (var missing in set.Missing.Values.Where(m => !context.References.Any(r => Means(r, m))))
        {
            set.MissingTypes[set.MissingTypes.FindIndex(t => t.Key == missing.Key)] = new MissingType(missing.Kind, missing.Type, missing.Key, missing.Line, IsNeeded: false);
            context.Warn(missing.Line, missing.Key, $"{missing.Message} Nothing refers to it, so it is left out.");
        }

        Circles();
    }

    private static bool Means(ComponentReference reference, MissingComponent missing) => reference.Kind == (missing.IsGroup ? ComponentKind.Tool : missing.Kind)
        && (reference.Name == missing.Name || (missing.IsGroup && IsMember(reference.Name, missing.Name, out _)));

    private void InSection(ComponentReference reference)
    {
        var section = SectionKinds.Of(reference.Kind);
        if (set.Section(reference.Kind).ContainsKey(reference.Name) || set.Broken.Contains($"{section}.{reference.Name}"))
            return;
        var noun = reference.Kind == ComponentKind.Model ? "model" : SectionKinds.NounOf(reference.Kind);
        if (set.Missing.GetValueOrDefault($"{section}.{reference.Name}") is { } missing)
            context.Mistake(reference.Line, reference.Key, missing.Message);
        else if (set.Functions.ContainsKey(reference.Name) || set.Groups.ContainsKey(reference.Name))
            context.Mistake(reference.Line, reference.Key, $"'{reference.Name}' is a function; {(noun[0] is 'a' or 'e' or 'o' ? "an" : "a")} {noun} under '{section}' is needed.");
        else
            context.Mistake(reference.Line, reference.Key, new UnknownNameException($"{noun} under '{section}'", reference.Name, Names(set.Section(reference.Kind).Keys, reference.Kind)).Message);
    }

    private void Tool(ComponentReference reference)
    {
        var name = reference.Name;
        if (set.Functions.ContainsKey(name) || set.Groups.ContainsKey(name) || set.Broken.Contains($"functions.{name}") || set.Broken.Contains($"function_groups.{name}"))
            return;
        var missing = set.Missing.Values.FirstOrDefault(m => Means(reference, m));
        var group = set.Groups.Values.FirstOrDefault(g => IsMember(name, g.Name, out _));
        if (missing is not null)
            context.Mistake(reference.Line, reference.Key, missing.Message);
        else if (group is not null)
            Member(reference, group);
        else if (set.Models.ContainsKey(name))
            context.Mistake(reference.Line, reference.Key, $"'{name}' is a model; a function or function group is needed.");
        else if (!set.Broken.Any(b => b.StartsWith("function_groups.", StringComparison.Ordinal) && IsMember(name, b["function_groups.".Length..], out _)))
            context.Mistake(reference.Line, reference.Key, new UnknownNameException("function or function group", name, Names(set.Functions.Values.Where(f => f.Key != "workflow").Select(f => f.Name).Concat(set.Groups.Keys), ComponentKind.Tool)).Message);
    }

    private IEnumerable<string> Names(IEnumerable<string> here, ComponentKind kind) =>
        here.Concat(set.Missing.Values.Where(m => (m.IsGroup ? ComponentKind.Tool : m.Kind) == kind).Select(m => m.Name));

    private void Member(ComponentReference reference, BoundComponent group)
    {
        if (MembersOf(group) is not { } members || !IsMember(reference.Name, group.Name, out var member))
            return;
        if (!members.Contains(member))
            context.Mistake(reference.Line, reference.Key, new UnknownNameException($"member of '{group.Name}'", member, members).Message);
        else if (!components.Tools(group.Name).Any(t => t.Name == $"{group.Name}__{member}"))
            context.Mistake(reference.Line, reference.Key, $"'{group.Name}' leaves out '{member}' by its include or exclude. Let it in, or take it out here.");
    }

    /// <summary>A group's include and exclude.</summary>
    private void Choice(BoundComponent group)
    {
        string[] keys = [.. new[] { WorkflowComponents.IncludeKey, WorkflowComponents.ExcludeKey }.Where(group.Map.Members.ContainsKey)];
        foreach (var key in keys)
        {
            var path = $"{group.Key}.{key}";
            if (group.Map.Members[key] is not ConfigList list)
                context.Mistake(group.Map.Members[key].Line, path, $"{BindingContext.Found(group.Map.Members[key], path)} stands here; a list of members is needed.");
            else if (list.Items.Count > 0 && MembersOf(group) is { } members)
                Chosen(list, path, group.Name, members);
        }

        if (keys.Length == 2 && keys.All(k => group.Map.Members[k] is ConfigList { Items.Count: > 0 }))
            context.Mistake(group.Map.Members[keys[1]].Line, group.Key, "This group has include and exclude. Keep one of them.");
    }

    private void Chosen(ConfigList list, string path, string group, IReadOnlyList<string> members)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is not ConfigScalar scalar)
                context.Mistake(list.Items[i].Line, $"{path}[{i}]", $"{BindingContext.Found(list.Items[i], path)} stands here; the name of a member is needed.");
            else if (!members.Contains(scalar.Text))
                context.Mistake(scalar.Line, $"{path}[{i}]", new UnknownNameException($"member of '{group}'", scalar.Text, members).Message);
        }
    }

    /// <summary>All members of a group by their own names; null, and one mistake, where it cannot be made.</summary>
    private IReadOnlyList<string>? MembersOf(BoundComponent group)
    {
        if (_members.TryGetValue(group.Name, out var known))
            return known;
        try
        {
            return _members[group.Name] = components.MemberNames(group); // null where another server has them: a run will see
        }
        catch (HubException broken)
        {
            context.Mistake(group.Line, group.Key, broken.Message);
            return _members[group.Name] = null;
        }
    }

    /// <summary>Splits <c>group__member</c>, or <c>group.member</c> in old files.</summary>
    private static bool IsMember(string name, string group, out string member)
    {
        var isMember = WorkflowComponents.MemberOf(name, group) is { Length: > 0 };
        member = WorkflowComponents.MemberOf(name, group) ?? "";
        return isMember;
    }

    private void Circles()
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        foreach (var name in set.Functions.Keys)
            Visit(name, [], done);
    }

    private void Visit(string name, List<string> path, HashSet<string> done)
    {
        if (!set.Functions.TryGetValue(name, out var component) || done.Contains(name))
            return;
        if (path.Contains(name))
        {
            context.Mistake(component.Line, component.Key,
                $"These functions call each other in a circle: {string.Join(" -> ", path.SkipWhile(p => p != name))} -> {name}. Take one of them out of another's tools.");
            done.Add(name);
            return;
        }

        foreach (var reference in context.References.Where(r => r.Kind == ComponentKind.Tool && r.Owner == component.Key))
            Visit(reference.Name, [.. path, name], done);
        done.Add(name);
    }
}
