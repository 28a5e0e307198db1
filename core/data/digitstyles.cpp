#include "core/data/digitstyles.h"

#include <array>
#include <cstddef>

namespace digitpad {

namespace {

using Styles = std::vector<DigitStyle>;

StyleKnot at(double x, double y)
{
    return {x, y, false};
}

StyleKnot corner(double x, double y)
{
    return {x, y, true};
}

StyleStroke joined(StyleStroke first, const StyleStroke& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Styles zeros()
{
    const StyleStroke round = {at(52, 2),  at(28, 14), at(18, 50), at(28, 86), at(50, 98),
                               at(73, 86), at(82, 50), at(72, 14), at(48, 3)};
    const StyleStroke fromTheRight = {at(76, 20), at(52, 2),  at(26, 16), at(17, 52), at(28, 88),
                                      at(52, 98), at(75, 84), at(83, 50), at(74, 16)};
    const StyleStroke clockwise = {at(46, 3),  at(72, 14), at(82, 50), at(72, 86), at(50, 98),
                                   at(28, 86), at(18, 50), at(28, 14), at(52, 2)};
    const StyleStroke slash = {at(84, 4), at(16, 96)};
    return {
        {"plain", 5, {round}},
        {"from the right", 3, {fromTheRight}},
        {"clockwise", 1, {clockwise}},
        {"open top",
         1.5,
         {{at(45, 4), at(22, 24), at(18, 58), at(32, 92), at(58, 97), at(80, 76), at(82, 40), at(70, 10)}}},
        {"curled in", 2, {joined(round, {at(36, 8), at(44, 26)})}},
        {"crossed at the top",
         1.5,
         {{at(30, 2), at(24, 22), at(17, 55), at(30, 90), at(52, 98), at(76, 84), at(82, 48), at(68, 14),
           at(42, 8), at(26, 14)}}},
        {"slashed", 1.4, {round, slash}},
        {"slashed inside", 0.8, {round, {at(70, 22), at(30, 78)}}},
        {"slashed without lifting", 1, {joined(fromTheRight, {corner(70, 8), at(14, 94)})}},
        {"slashed upwards", 0.6, {round, {at(12, 98), at(50, 50), at(90, 0)}}},
        {"slashed backwards", 0.2, {round, {at(18, 8), at(82, 92)}}},
        {"dotted", 0.25, {round, {at(49, 48), at(51, 52)}}},
        {"wide",
         0.6,
         {{at(54, 24), at(22, 26), at(2, 50), at(20, 74), at(52, 78), at(86, 70), at(98, 48), at(78, 28),
           at(44, 23)}}},
    };
}

Styles ones()
{
    const StyleStroke bar = {at(50, 0), at(50, 50), at(50, 100)};
    const StyleStroke foot = {at(24, 99), at(76, 99)};
    const StyleStroke flagged = {at(26, 24), corner(52, 1), at(51, 50), at(50, 100)};
    return {
        {"bar", 5, {bar}},
        {"slanted bar", 2.5, {{at(64, 0), at(52, 50), at(38, 100)}}},
        {"curved bar", 1, {{at(52, 0), at(46, 48), at(52, 100)}}},
        {"bar with a tail", 0.7, {{at(46, 0), at(45, 55), at(47, 92), at(56, 99)}}},
        {"flag", 2.4, {flagged}},
        {"long flag", 2, {{at(12, 48), corner(56, 1), at(55, 50), at(54, 100)}}},
        {"steep flag", 1.2, {{at(26, 62), at(42, 30), corner(58, 0), at(58, 50), at(56, 100)}}},
        {"round flag", 1.2, {{at(24, 26), at(38, 22), corner(54, 2), at(52, 50), at(50, 100)}}},
        {"small hook", 1, {{at(38, 14), corner(50, 1), at(50, 50), at(50, 100)}}},
        {"flag and foot", 2, {flagged, foot}},
        {"long flag and foot", 0.8, {{at(16, 40), corner(52, 1), at(51, 100)}, foot}},
        {"foot without lifting", 0.6, {{at(28, 24), corner(52, 1), corner(50, 97), at(76, 96)}}},
        {"bar and foot", 0.7, {bar, foot}},
        {"serif and foot", 0.5, {{at(34, 12), at(52, 2)}, {at(51, 0), at(51, 98)}, foot}},
    };
}

Styles twos()
{
    const StyleStroke arch = {at(20, 26), at(30, 8),  at(52, 1), at(74, 10),
                              at(78, 30), at(64, 54), at(40, 78)};
    const StyleStroke flatArch = {at(18, 14), at(44, 2), at(70, 8), at(74, 28), at(58, 54), at(34, 80)};
    return {
        {"straight base", 4, {joined(arch, {corner(18, 98), at(50, 97), at(84, 97)})}},
        {"flat arch", 1.5, {joined(flatArch, {corner(14, 97), at(50, 96), at(88, 95)})}},
        {"wavy base", 2, {joined(arch, {corner(18, 96), at(36, 89), at(60, 97), at(86, 92)})}},
        {"looped",
         2.5,
         {joined(arch, {at(22, 96), at(10, 92), at(16, 82), at(34, 84), at(58, 97), at(90, 92)})}},
        {"small loop",
         2,
         {joined(arch, {at(26, 94), at(17, 96), at(18, 89), at(32, 90), at(60, 98), at(86, 95)})}},
        {"large loop",
         1.2,
         {{at(22, 22), at(36, 4), at(60, 2), at(76, 20), at(66, 52), at(44, 80), at(22, 97), at(6, 86),
           at(16, 70), at(40, 76), at(66, 94), at(92, 88)}}},
        {"curled start", 1.5, {joined({at(36, 28), at(24, 30)}, joined(arch, {corner(18, 97), at(84, 96)}))}},
        {"zigzag",
         1.5,
         {{at(16, 8), at(48, 4), corner(78, 5), at(50, 50), corner(18, 96), at(50, 96), at(84, 96)}}},
        {"long base",
         1,
         {{at(26, 22), at(36, 5), at(56, 2), at(68, 16), at(60, 48), at(38, 78), corner(14, 96), at(60, 94),
           at(100, 94)}}},
        {"drooping base", 1, {joined(arch, {corner(20, 90), at(46, 88), at(70, 96), at(84, 106)})}},
        {"round base",
         1,
         {{at(24, 20), at(44, 2), at(70, 8), at(74, 30), at(54, 58), at(28, 78), at(20, 92), at(40, 98),
           at(84, 94)}}},
        {"high loop",
         2,
         {{at(22, 22), at(46, 2), at(70, 12), at(72, 36), at(54, 72), at(28, 96), at(8, 88), at(14, 66),
           at(38, 62), at(66, 84), at(94, 98)}}},
        {"like an L",
         1.2,
         {{at(28, 12), at(46, 2), at(56, 14), at(46, 50), corner(26, 94), at(58, 93), at(94, 86)}}},
        {"low and wide",
         1,
         {{at(6, 36), at(26, 18), at(52, 16), at(62, 32), at(44, 56), corner(12, 80), at(50, 82),
           at(102, 76)}}},
        {"hooked end",
         0.8,
         {joined(arch, {at(36, 92), at(18, 96), at(22, 88), at(50, 90), at(74, 98), at(92, 84)})}},
    };
}

Styles threes()
{
    const StyleStroke upper = {at(22, 14), at(46, 2), at(70, 8), at(74, 26), at(62, 42)};
    const StyleStroke lower = {at(68, 54), at(79, 73), at(66, 92), at(42, 98), at(18, 88)};
    return {
        {"round", 4, {joined(joined(upper, {corner(40, 47)}), lower)}},
        {"shallow middle", 2, {joined(joined(upper, {corner(54, 48)}), lower)}},
        {"deep middle",
         1,
         {{at(22, 10), at(52, 1), at(72, 14), at(62, 32), corner(28, 46), at(62, 52), at(78, 72), at(62, 94),
           at(20, 92)}}},
        {"smooth middle", 1, {joined(joined(upper, {at(48, 48), at(54, 50)}), lower)}},
        {"looped middle",
         1.5,
         {{at(22, 14), at(46, 2), at(70, 10), at(70, 28), at(52, 44), at(38, 49), at(38, 42), at(50, 44),
           at(70, 56), at(77, 75), at(64, 93), at(40, 98), at(16, 88)}}},
        {"flat top",
         2,
         {{at(20, 4), at(50, 3), corner(76, 3), corner(46, 40), at(68, 46), at(80, 68), at(68, 91),
           at(44, 98), at(18, 90)}}},
        {"long tail",
         1.2,
         {{at(28, 10), at(52, 1), at(74, 10), at(70, 28), corner(44, 42), at(70, 50), at(76, 70), at(54, 90),
           at(8, 96)}}},
        {"curled ends",
         1,
         {{at(28, 22), at(22, 14), at(46, 1), at(70, 8), at(72, 26), corner(42, 46), at(70, 54), at(79, 74),
           at(62, 96), at(34, 97), at(20, 84), at(28, 78)}}},
        {"small top",
         1,
         {{at(30, 10), at(50, 2), at(66, 12), at(60, 28), corner(40, 36), at(70, 44), at(82, 68), at(66, 94),
           at(36, 97), at(16, 84)}}},
        {"straight back",
         1,
         {{at(24, 10), at(50, 2), at(68, 12), at(60, 30), corner(44, 42), at(66, 54), at(66, 80), at(48, 96),
           at(22, 100)}}},
    };
}

Styles fours()
{
    const StyleStroke angle = {at(30, 4), at(25, 30), corner(16, 58), at(50, 57), at(88, 56)};
    return {
        {"open", 4, {angle, {at(66, 22), at(64, 60), at(61, 100)}}},
        {"open and tall",
         2,
         {{at(24, 6), at(22, 30), corner(20, 52), at(48, 52), at(80, 50)},
          {at(74, 0), at(70, 50), at(65, 100)}}},
        {"open and round",
         2,
         {{at(22, 4), at(18, 34), at(26, 54), at(48, 56), at(76, 48)}, {at(76, 0), at(72, 50), at(66, 100)}}},
        {"short bar", 1, {{at(26, 4), corner(18, 50), at(70, 50)}, {at(72, 8), at(70, 50), at(66, 100)}}},
        {"low leg", 1, {angle, {at(56, 40), at(54, 70), at(52, 102)}}},
        {"closed",
         2,
         {{at(62, 2), at(38, 32), corner(10, 66), at(50, 66), at(90, 65)},
          {at(64, 1), at(63, 50), at(62, 100)}}},
        {"closed without lifting",
         1.5,
         {{at(90, 64), at(52, 65), corner(12, 65), at(36, 34), corner(64, 2), at(62, 50), at(60, 100)}}},
        {"pointed, without lifting",
         1.2,
         {{at(62, 4), at(36, 30), corner(16, 54), at(44, 56), corner(72, 52), corner(74, 8), at(70, 50),
           at(66, 100)}}},
        {"round, without lifting",
         1.5,
         {{at(24, 4), at(20, 32), at(30, 52), at(50, 52), at(70, 34), corner(78, 2), at(72, 50),
           at(64, 100)}}},
        {"leg from the bar",
         1,
         {{at(28, 4), corner(18, 50), at(46, 50), corner(74, 46), at(70, 74), at(66, 102)},
          {at(76, 6), at(74, 46)}}},
        {"slanted",
         1.2,
         {{at(44, 2), at(28, 34), corner(14, 60), at(50, 58), at(88, 52)},
          {at(76, 20), at(62, 60), at(46, 102)}}},
    };
}

Styles fives()
{
    const StyleStroke belly = {at(48, 36), at(72, 46), at(79, 68), at(66, 91), at(40, 98), at(16, 90)};
    const StyleStroke stem = {at(30, 4), at(28, 24), corner(24, 44)};
    const StyleStroke barFromTheRight = {at(80, 3), at(54, 4), corner(32, 4), at(29, 24), corner(25, 44)};
    return {
        {"separate bar", 4, {joined(stem, belly), {at(30, 4), at(56, 4), at(84, 2)}}},
        {"bar apart", 1.2, {joined(stem, belly), {at(42, 2), at(64, 1), at(90, -2)}}},
        {"without lifting", 4, {joined(barFromTheRight, belly)}},
        {"rounded",
         2,
         {{at(80, 3), at(52, 3), at(34, 10), at(28, 30), at(36, 42), at(60, 46), at(77, 64), at(68, 90),
           at(42, 98), at(16, 90)}}},
        {"like an S",
         1.5,
         {{at(78, 8), at(54, 2), at(32, 12), at(32, 32), at(54, 46), at(74, 62), at(72, 86), at(46, 98),
           at(16, 88)}}},
        {"small belly",
         1.5,
         {{at(84, 3), at(60, 4), corner(36, 5), at(33, 28), corner(30, 52), at(50, 48), at(66, 60),
           at(66, 82), at(46, 97), at(14, 94)}}},
        {"wide belly",
         1,
         {joined(stem, {at(56, 32), at(84, 50), at(84, 76), at(60, 96), at(20, 96)}),
          {at(30, 4), at(84, 4)}}},
        {"slanted stem",
         1.2,
         {{at(90, 2), at(66, 3), corner(46, 4), at(36, 24), corner(26, 46), at(48, 40), at(68, 50),
           at(70, 72), at(52, 92), at(10, 98)}}},
        {"curled end",
         1,
         {joined(stem, {at(48, 36), at(74, 48), at(78, 74), at(58, 97), at(28, 96), at(18, 82)}),
          {at(30, 4), at(80, 3)}}},
        {"nearly closed",
         1,
         {joined(stem, {at(48, 38), at(74, 48), at(78, 72), at(60, 96), at(32, 98), at(16, 84), at(24, 70)}),
          {at(30, 4), at(80, 3)}}},
        {"low and wide",
         0.8,
         {{at(96, 18), at(60, 18), at(30, 24), at(28, 42), at(58, 48), at(74, 62), at(58, 80), at(4, 82)}}},
    };
}

Styles sixes()
{
    return {
        {"round",
         4,
         {{at(70, 3), at(46, 14), at(27, 40), at(20, 68), at(30, 92), at(52, 98), at(74, 86), at(77, 66),
           at(60, 52), at(38, 58), at(24, 74)}}},
        {"straight stem",
         2.5,
         {{at(58, 0), at(38, 32), at(24, 62), at(26, 88), at(50, 98), at(74, 86), at(74, 66), at(54, 56),
           at(30, 72)}}},
        {"upright",
         1.5,
         {{at(36, 0), at(28, 34), at(24, 66), at(32, 92), at(54, 98), at(74, 84), at(72, 64), at(52, 56),
           at(28, 72)}}},
        {"curled top",
         1.5,
         {{at(78, 14), at(66, 3), at(44, 10), at(26, 36), at(20, 66), at(30, 92), at(54, 98), at(76, 84),
           at(76, 64), at(56, 52), at(26, 68)}}},
        {"closed loop",
         2,
         {{at(66, 2), at(42, 22), at(26, 50), at(21, 76), at(36, 97), at(60, 95), at(74, 78), at(66, 60),
           at(46, 58), at(28, 72), at(26, 84)}}},
        {"small loop",
         1.5,
         {{at(72, 2), at(46, 22), at(28, 54), at(24, 82), at(40, 98), at(60, 92), at(64, 76), at(50, 66),
           at(30, 78)}}},
        {"curled in",
         1,
         {{at(68, 2), at(40, 20), at(22, 54), at(26, 88), at(54, 99), at(78, 82), at(72, 58), at(50, 54),
           at(40, 70), at(52, 80)}}},
        {"wide loop",
         1,
         {{at(60, 2), at(34, 26), at(18, 62), at(32, 95), at(66, 97), at(88, 78), at(76, 58), at(48, 60),
           at(22, 76)}}},
        {"tall loop",
         1.5,
         {{at(56, 1), at(34, 26), at(23, 60), at(32, 92), at(58, 97), at(76, 76), at(72, 48), at(54, 36),
           at(34, 50)}}},
        {"loop through the stem",
         1.5,
         {{at(62, 1), at(40, 28), at(26, 60), at(30, 90), at(54, 98), at(76, 82), at(72, 60), at(48, 54),
           at(28, 66), at(12, 84)}}},
        {"open loop",
         1,
         {{at(60, 1), at(36, 28), at(22, 62), at(28, 92), at(54, 98), at(76, 86), at(78, 68), at(62, 60),
           at(48, 66)}}},
        {"leaning back",
         1,
         {{at(40, 0), at(26, 30), at(22, 62), at(34, 94), at(60, 97), at(82, 78), at(74, 52), at(50, 50),
           at(32, 74), at(34, 90)}}},
        {"short stem",
         1,
         {{at(60, 8), at(34, 22), at(20, 54), at(28, 88), at(56, 97), at(80, 78), at(72, 50), at(46, 46),
           at(24, 64)}}},
    };
}

Styles sevens()
{
    const StyleStroke bar = {at(28, 52), at(76, 48)};
    const StyleStroke plain = {at(16, 6), at(48, 5), corner(82, 4), at(62, 48), at(44, 100)};
    const StyleStroke hooked = {at(16, 22), corner(18, 5), at(50, 6), corner(82, 4), at(62, 48), at(46, 100)};
    const StyleStroke curved = {at(16, 6), at(48, 5), corner(82, 4), at(60, 36), at(48, 66), at(44, 100)};
    return {
        {"plain", 4, {plain}},
        {"curved", 2.5, {curved}},
        {"round corner", 1.5, {{at(16, 8), at(46, 2), at(72, 4), at(78, 16), at(62, 52), at(46, 100)}}},
        {"upright leg", 1.2, {{at(16, 6), at(46, 5), corner(74, 5), at(72, 50), at(68, 100)}}},
        {"wavy top", 1, {{at(12, 14), at(28, 3), at(54, 9), corner(84, 2), at(60, 48), at(44, 100)}}},
        {"serif", 2, {hooked}},
        {"barred", 2, {plain, bar}},
        {"curved and barred", 1, {curved, {at(30, 50), at(80, 50)}}},
        {"serif and bar", 1, {hooked, {at(30, 54), at(74, 48)}}},
        {"rising top", 1, {{at(10, 20), at(44, 10), corner(80, 2), at(58, 52), at(38, 100)}}},
        {"small top", 1, {{at(28, 10), at(48, 7), corner(68, 5), at(58, 50), at(46, 100)}}},
        {"long hook",
         1.2,
         {{at(12, 36), at(16, 14), at(30, 4), at(54, 10), corner(82, 4), at(62, 50), at(50, 100)}}},
        {"hook without a corner",
         0.8,
         {{at(14, 34), at(22, 10), at(44, 4), at(66, 12), corner(80, 6), at(66, 40), at(56, 70),
           at(52, 100)}}},
        {"bar and foot", 0.25, {plain, bar, {at(22, 98), at(66, 97)}}},
        {"low and wide", 0.6, {{at(6, 22), at(40, 16), at(74, 14), at(88, 22), at(72, 54), at(58, 84)}}},
    };
}

Styles eights()
{
    const StyleStroke fromTheRight = {at(72, 14), at(50, 2),  at(28, 14), at(30, 34), at(54, 50),
                                      at(76, 68), at(72, 90), at(48, 98), at(24, 88), at(26, 66),
                                      at(48, 48), at(70, 32), at(70, 12)};
    const StyleStroke fromTheTop = {at(52, 2),  at(30, 12), at(28, 32), at(52, 48), at(76, 66),
                                    at(74, 88), at(50, 98), at(26, 88), at(26, 66), at(50, 48),
                                    at(72, 30), at(68, 10), at(48, 3)};
    return {
        {"from the right", 4, {fromTheRight}},
        {"from the top", 3, {fromTheTop}},
        {"from the left",
         1,
         {{at(30, 12), at(50, 2), at(70, 12), at(70, 32), at(48, 50), at(25, 68), at(28, 90), at(52, 98),
           at(76, 88), at(74, 66), at(50, 49), at(30, 34), at(32, 12)}}},
        {"from the middle",
         1,
         {{at(50, 48), at(28, 34), at(30, 10), at(52, 2), at(72, 14), at(70, 34), at(50, 48), at(25, 66),
           at(28, 90), at(52, 98), at(76, 86), at(72, 64), at(48, 47)}}},
        {"two circles",
         2,
         {{at(52, 2), at(30, 12), at(30, 38), at(50, 48), at(70, 38), at(70, 12), at(48, 2)},
          {at(52, 48), at(26, 60), at(26, 88), at(50, 98), at(75, 88), at(75, 60), at(48, 48)}}},
        {"open top",
         1.5,
         {{at(74, 10), at(52, 4), at(30, 14), at(34, 36), at(60, 54), at(74, 74), at(64, 95), at(38, 96),
           at(26, 80), at(40, 58), at(64, 34), at(84, 6)}}},
        {"narrow bottom",
         1,
         {{at(76, 18), at(54, 2), at(26, 12), at(30, 36), at(54, 54), at(66, 76), at(58, 96), at(40, 94),
           at(38, 74), at(54, 52), at(74, 32), at(72, 12)}}},
        {"narrow top",
         1,
         {{at(64, 14), at(50, 2), at(36, 14), at(40, 32), at(62, 48), at(82, 70), at(72, 94), at(40, 98),
           at(18, 84), at(28, 60), at(52, 42), at(64, 26), at(60, 10)}}},
        {"straight return",
         2,
         {{at(70, 10), at(50, 2), at(32, 12), at(36, 32), at(60, 56), at(68, 76), at(56, 95), at(38, 96),
           at(30, 80), at(42, 62), at(58, 42), at(76, 8)}}},
        {"slender",
         1,
         {{at(60, 10), at(50, 2), at(38, 12), at(42, 34), at(54, 50), at(62, 72), at(56, 94), at(42, 96),
           at(36, 80), at(46, 56), at(60, 32), at(58, 8)}}},
        {"parted top",
         1,
         {{at(62, 4), at(40, 3), at(28, 16), at(40, 38), at(66, 60), at(72, 84), at(48, 98), at(28, 84),
           at(34, 64), at(60, 44), at(78, 20)}}},
    };
}

Styles nines()
{
    const StyleStroke loop = {at(74, 18), at(54, 3),  at(32, 10), at(23, 32),
                              at(38, 50), at(60, 42), at(74, 20)};
    const StyleStroke circle = {at(72, 12), at(50, 2),  at(28, 12), at(25, 36),
                                at(46, 48), at(68, 38), at(74, 14)};
    return {
        {"straight leg", 4, {joined(loop, {corner(77, 8), at(73, 54), at(68, 100)})}},
        {"curved leg", 3, {joined(loop, {corner(76, 10), at(74, 46), at(66, 76), at(50, 100)})}},
        {"rounded",
         1.5,
         {{at(72, 30), at(70, 10), at(50, 2), at(28, 14), at(26, 38), at(46, 50), at(68, 38), at(75, 18),
           at(74, 52), at(62, 100)}}},
        {"curled leg", 1.5, {joined(loop, {corner(77, 10), at(77, 54), at(68, 90), at(42, 98), at(22, 88)})}},
        {"leg apart", 1.2, {circle, {at(76, 6), at(74, 50), at(70, 100)}}},
        {"from the top",
         2,
         {{at(54, 3), at(30, 14), at(24, 36), at(42, 50), at(64, 38), at(72, 12), at(56, 2), at(46, 4),
           at(68, 6), at(76, 30), at(68, 66), at(58, 100)}}},
        {"small loop",
         1.2,
         {{at(68, 14), at(52, 3), at(36, 12), at(36, 30), at(52, 34), at(66, 22), corner(70, 8), at(66, 54),
           at(58, 100)}}},
        {"open loop",
         1.2,
         {{at(62, 4), at(38, 6), at(24, 26), at(34, 46), at(58, 42), at(74, 24), corner(80, 4), at(74, 54),
           at(68, 100)}}},
        {"slanted leg", 1.5, {joined(loop, {corner(76, 12), at(60, 56), at(38, 100)})}},
        {"like a g", 0.7, {joined(circle, {corner(76, 8), at(76, 56), at(66, 92), at(38, 96), at(24, 80)})}},
        {"open loop, curled leg",
         1.2,
         {{at(66, 6), at(42, 4), at(25, 22), at(38, 42), at(60, 36), corner(76, 10), at(78, 52), at(64, 90),
           at(38, 98), at(18, 86)}}},
        {"angular",
         1.2,
         {{at(66, 10), at(40, 6), at(24, 28), at(36, 46), at(58, 44), corner(78, 20), at(74, 60),
           at(70, 100)}}},
        {"flat top",
         1,
         {{at(84, 8), at(50, 4), at(28, 14), at(26, 36), at(48, 46), at(68, 34), corner(78, 8), at(74, 50),
           at(66, 100)}}},
        {"wide loop",
         1,
         {{at(72, 20), at(46, 4), at(16, 14), at(10, 38), at(36, 52), at(64, 40), corner(78, 14), at(76, 56),
           at(74, 100)}}},
        {"leg from within",
         1,
         {{at(62, 40), at(36, 48), at(24, 30), at(34, 8), at(58, 3), at(72, 16), at(73, 52), at(66, 100)}}},
    };
}

} // namespace

std::span<const DigitStyle> digitStyles(int digit)
{
    static const std::array<Styles, 10> table = {zeros(), ones(),  twos(),   threes(), fours(),
                                                 fives(), sixes(), sevens(), eights(), nines()};
    return table[static_cast<std::size_t>(digit)];
}

} // namespace digitpad
