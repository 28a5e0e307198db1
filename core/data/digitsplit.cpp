#include "core/base/random.h"
#include "core/data/digitset.h"

#include <algorithm>
#include <utility>

namespace digitpad {

namespace {

/// For each sample whether it is for validation.
using Choice = std::vector<bool>;

/// Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2 S) of `wanted` samples among those of
/// which `isEligible(index)`, `eligible` in number: every subset is equally likely.
template <class Predicate>
void chooseSamples(Choice& choice, std::size_t wanted, std::size_t eligible, Random random,
                   const Predicate& isEligible)
{
    for (std::size_t i = 0; i < choice.size(); ++i) {
        if (isEligible(i)) {
            choice[i] = random.below(eligible--) < wanted;
            wanted -= choice[i] ? 1 : 0;
        }
    }
}

/// How many samples each group has; the first number is of those without one.
std::vector<std::size_t> groupSizes(const DigitSet& set)
{
    std::vector<std::size_t> sizes(set.groupNames.size() + 1);
    for (std::size_t i = 0; i < set.size(); ++i) {
        ++sizes[set.group(i)];
    }
    return sizes;
}

/// The groups that have samples, in an order drawn by `random`.
std::vector<std::size_t> shuffledGroups(const std::vector<std::size_t>& sizes, Random random)
{
    std::vector<std::size_t> groups;
    for (std::size_t group = 1; group < sizes.size(); ++group) {
        if (sizes[group] > 0) {
            groups.push_back(group);
        }
    }
    for (std::size_t i = groups.size(); i > 1; --i) {
        std::swap(groups[i - 1], groups[random.below(i)]);
    }
    return groups;
}

/// Of each group whether it is for validation: in the order drawn, those for which there is still room among
/// the `wanted` samples, and one more where that comes nearer or nothing was taken.
std::vector<bool> chosenGroups(const std::vector<std::size_t>& sizes, std::size_t wanted, std::uint64_t seed)
{
    // Another sequence than that of the single samples.
    const std::vector<std::size_t> order = shuffledGroups(sizes, Random(~seed));
    std::vector<bool> chosen(sizes.size());
    std::size_t room = wanted;
    std::size_t left = order.size();
    std::size_t smallest = 0;
    for (const std::size_t group : order) {
        if (left > 1 && sizes[group] <= room) {
            chosen[group] = true;
            room -= sizes[group];
            --left;
        } else if (smallest == 0 || sizes[group] < sizes[smallest]) {
            smallest = group;
        }
    }
    const bool nothing = left == order.size() && wanted > 0;
    if (left > 1 && (nothing || sizes[smallest] < 2 * room)) {
        chosen[smallest] = true;
    }
    return chosen;
}

DigitSplit splitBy(const DigitSet& set, const Choice& choice)
{
    DigitSplit split;
    for (std::size_t i = 0; i < choice.size(); ++i) {
        (choice[i] ? split.validationIndices : split.trainingIndices).push_back(i);
    }
    split.training = subset(set, split.trainingIndices);
    split.validation = subset(set, split.validationIndices);
    return split;
}

/// `part` of `count`, as `some` is of `all`, rounded.
std::size_t proportional(std::size_t count, std::size_t some, std::size_t all)
{
    __extension__ using Wide = unsigned __int128;
    return all == 0 ? 0 : static_cast<std::size_t>((Wide{count} * some + all / 2) / all);
}

/// `chosen` tells of each group whether it is for validation.
DigitSplit splitByGroups(const DigitSet& set, std::size_t withoutGroup, std::size_t wantedWithoutGroup,
                         std::uint64_t seed, const std::vector<bool>& chosen)
{
    Choice choice(set.size());
    chooseSamples(choice, wantedWithoutGroup, withoutGroup, Random(seed),
                  [&set](std::size_t i) { return set.group(i) == 0; });
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set.group(i) != 0) {
            choice[i] = chosen[set.group(i)];
        }
    }
    return splitBy(set, choice);
}

/// “a”, “b” and “c”.
std::string enumeration(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += i == 0 ? "" : i + 1 == names.size() ? " and " : ", ";
        text += "“" + names[i] + "”";
    }
    return text;
}

/// The groups' names that have samples, in order.
std::vector<std::string> usedNames(const DigitSet& set, const std::vector<std::size_t>& sizes)
{
    std::vector<std::string> names;
    for (std::size_t group = 1; group < sizes.size(); ++group) {
        if (sizes[group] > 0) {
            names.push_back(set.groupNames[group - 1]);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::vector<bool>> groupsNamed(const DigitSet& set, std::span<const std::string> wanted,
                                      const std::vector<std::size_t>& sizes)
{
    const std::vector<std::string> known = usedNames(set, sizes);
    std::vector<bool> chosen(sizes.size());
    for (const std::string& name : wanted) {
        if (!std::binary_search(known.begin(), known.end(), name)) {
            return Error{ErrorCode::InvalidInput,
                         known.empty()
                             ? "There is no source “" + name +
                                   "”: the data names neither sources nor writers."
                             : "The data has no source “" + name + "”; it has " + enumeration(known) + "."};
        }
        const auto found = std::find(set.groupNames.begin(), set.groupNames.end(), name);
        chosen[static_cast<std::size_t>(found - set.groupNames.begin()) + 1] = true;
    }
    const auto left = static_cast<std::size_t>(std::count(chosen.begin(), chosen.end(), true));
    if (left == known.size()) {
        return Error{ErrorCode::InvalidInput,
                     "Keeping all of the data's sources for validation leaves none to train with; keep "
                     "fewer than " +
                         enumeration(known) + "."};
    }
    return chosen;
}

} // namespace

DigitSplit splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed)
{
    const std::size_t count = std::min(validationCount, set.size());
    const std::vector<std::size_t> sizes = groupSizes(set);
    if (usedNames(set, sizes).size() < 2) {
        Choice choice(set.size());
        chooseSamples(choice, count, set.size(), Random(seed), [](std::size_t) { return true; });
        return splitBy(set, choice);
    }
    const std::size_t single = proportional(count, sizes[0], set.size());
    return splitByGroups(set, sizes[0], single, seed, chosenGroups(sizes, count - single, seed));
}

Result<DigitSplit> splitForValidation(const DigitSet& set, std::size_t validationCount, std::uint64_t seed,
                                      std::span<const std::string> heldOut)
{
    const std::vector<std::size_t> sizes = groupSizes(set);
    const auto chosen = groupsNamed(set, heldOut, sizes);
    if (!chosen) {
        return chosen.error();
    }
    const std::size_t single = proportional(std::min(validationCount, set.size()), sizes[0], set.size());
    return splitByGroups(set, sizes[0], single, seed, *chosen);
}

} // namespace digitpad
