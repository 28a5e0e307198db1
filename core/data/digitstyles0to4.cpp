#include "core/data/digitstyletables.h"

namespace digitpad::styletables {

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
        {"steep L",
         1.2,
         {{at(40, 6), at(54, 1), at(62, 12), at(52, 50), at(34, 84), corner(18, 97), at(50, 95),
           at(88, 92)}}},
        {"loop at the foot",
         1.2,
         {{at(34, 14), at(52, 2), at(66, 14), at(56, 50), at(32, 88), at(18, 98), at(10, 90), at(24, 84),
           at(50, 96), at(80, 98)}}},
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

} // namespace digitpad::styletables
