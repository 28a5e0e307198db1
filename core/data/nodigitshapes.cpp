#include "core/data/digitstyletables.h"
#include "core/data/syntheticnodigits.h"

#include <utility>

namespace digitpad {

namespace {

using namespace styletables;

/// Left out are letters that look like a digit, or do in some hands: b D g i J j l o q s y z and their like.
Styles letters()
{
    return {
        {"A", 1, {{at(8, 100), corner(48, 0), at(92, 100)}, {at(24, 64), at(78, 64)}}},
        {"a",
         1,
         {{at(78, 20), at(48, 2), at(16, 30), at(14, 72), at(40, 96), at(68, 76), corner(78, 8), at(78, 70),
           at(98, 98)}}},
        {"C", 1, {{at(84, 18), at(54, 0), at(16, 28), at(12, 68), at(46, 100), at(86, 82)}}},
        {"d",
         1,
         {{at(70, 56), at(40, 46), at(14, 66), at(24, 96), at(54, 94), at(70, 70)},
          {at(72, 0), at(72, 60), at(76, 100)}}},
        {"E", 1, {{at(80, 2), corner(18, 2), corner(18, 98), at(82, 98)}, {at(18, 48), at(66, 48)}}},
        {"E in four strokes",
         0.5,
         {{at(18, 0), at(18, 100)},
          {at(18, 2), at(82, 2)},
          {at(18, 50), at(70, 50)},
          {at(18, 98), at(82, 98)}}},
        {"e",
         1,
         {{at(14, 52), at(80, 50), at(74, 14), at(44, 0), at(14, 32), at(16, 78), at(48, 100), at(86, 82)}}},
        {"F", 1, {{at(84, 2), corner(20, 2), at(20, 100)}, {at(20, 46), at(70, 46)}}},
        {"f", 1, {{at(78, 8), at(54, 0), at(42, 22), at(42, 100)}, {at(16, 42), at(72, 40)}}},
        {"H", 1, {{at(14, 0), at(14, 100)}, {at(86, 0), at(86, 100)}, {at(14, 50), at(86, 48)}}},
        {"h", 1, {{at(22, 0), corner(22, 100), at(24, 60), at(48, 42), at(72, 54), at(74, 100)}}},
        {"K", 1, {{at(18, 0), at(18, 100)}, {at(80, 4), corner(22, 54), at(84, 100)}}},
        {"k", 1, {{at(20, 0), at(20, 100)}, {at(66, 38), corner(24, 68), at(72, 100)}}},
        {"M", 1, {{at(6, 100), corner(16, 2), corner(50, 66), corner(84, 2), at(94, 100)}}},
        {"m",
         1,
         {{at(6, 20), corner(8, 98), at(10, 40), at(28, 14), at(46, 30), corner(48, 98), at(50, 42),
           at(70, 14), at(88, 32), at(92, 98)}}},
        {"N", 1, {{at(14, 100), corner(16, 2), corner(84, 98), at(86, 0)}}},
        {"n", 1, {{at(14, 8), corner(16, 100), at(20, 40), at(48, 8), at(78, 28), at(82, 100)}}},
        {"P", 1, {{at(22, 0), at(22, 100)}, {at(22, 4), at(62, 4), at(80, 26), at(62, 50), at(22, 52)}}},
        {"R",
         1,
         {{at(20, 0), at(20, 100)},
          {at(20, 4), at(62, 2), at(78, 24), at(60, 46), corner(26, 50), at(84, 100)}}},
        {"r", 1, {{at(30, 10), corner(32, 100), at(34, 44), at(54, 16), at(80, 14)}}},
        {"T", 1, {{at(6, 4), at(94, 2)}, {at(50, 4), at(50, 100)}}},
        {"t", 1, {{at(46, 0), at(46, 80), at(60, 100), at(82, 88)}, {at(16, 32), at(80, 30)}}},
        {"U", 1, {{at(14, 2), at(14, 66), at(48, 100), at(84, 66), at(86, 0)}}},
        {"V", 1, {{at(8, 0), corner(48, 100), at(92, 2)}}},
        {"W", 1, {{at(2, 0), corner(26, 98), corner(50, 30), corner(74, 98), at(98, 0)}}},
        {"w",
         1,
         {{at(4, 4), at(10, 70), at(30, 96), at(48, 66), corner(50, 30), at(56, 78), at(74, 98), at(94, 60),
           at(96, 2)}}},
        {"X", 1, {{at(8, 2), at(92, 98)}, {at(90, 0), at(10, 100)}}},
    };
}

Styles signs()
{
    const StyleStroke circle = {at(52, 2),  at(14, 18), at(2, 52),  at(20, 90), at(54, 98),
                                at(90, 80), at(98, 44), at(80, 12), at(48, 3)};
    const StyleStroke square = {at(4, 4), corner(96, 4), corner(96, 96), corner(4, 96), at(4, 4)};
    const StyleStroke upper = {at(2, 30), at(98, 30)};
    const StyleStroke lower = {at(2, 70), at(98, 70)};
    const StyleStroke upright = {at(50, 4), at(50, 96)};
    const StyleStroke level = {at(4, 50), at(96, 50)};
    const auto dot = [](double x, double y) { return StyleStroke{at(x - 1, y - 2), at(x + 1, y + 2)}; };
    return {
        {"plus", 1, {upright, level}},
        {"minus", 1, {level}},
        {"equals", 1, {upper, lower}},
        {"not equal", 0.5, {upper, lower, {at(76, 4), at(24, 98)}}},
        {"divided", 0.5, {level, dot(50, 14), dot(50, 86)}},
        {"hash", 1, {{at(36, 2), at(28, 98)}, {at(72, 2), at(64, 98)}, {at(2, 34), at(98, 34)}, lower}},
        {"asterisk", 1, {upright, {at(10, 26), at(90, 74)}, {at(90, 24), at(10, 76)}}},
        {"question mark",
         1,
         {{at(22, 20), at(38, 2), at(68, 2), at(78, 20), at(52, 40), at(50, 62)}, dot(50, 96)}},
        {"check mark", 1, {{at(4, 56), corner(34, 98), at(98, 4)}}},
        {"arrow", 1, {level, {at(66, 18), corner(97, 50), at(66, 82)}}},
        {"arrow up", 0.5, {upright, {at(18, 36), corner(50, 3), at(82, 36)}}},
        {"heart",
         1,
         {{at(50, 28), at(28, 4), at(4, 26), at(14, 56), corner(50, 98), at(86, 56), at(96, 26), at(72, 4),
           at(50, 28)}}},
        {"star", 1, {{at(20, 98), corner(50, 0), corner(80, 98), corner(2, 36), corner(98, 36), at(20, 98)}}},
        {"triangle", 1, {{at(50, 4), corner(96, 94), corner(4, 94), at(50, 4)}}},
        {"crossed square", 1, {square, {at(4, 4), at(96, 96)}, {at(96, 4), at(4, 96)}}},
        {"crossed circle", 0.5, {circle, upright, level}},
        {"face", 1, {circle, dot(34, 36), dot(66, 36), {at(26, 62), at(50, 80), at(74, 62)}}},
        {"house",
         0.5,
         {{at(12, 96), corner(12, 42), corner(50, 2), corner(88, 42), corner(88, 96), at(12, 96)},
          {at(12, 42), at(88, 42)}}},
        {"percent",
         0.5,
         {{at(20, 4), at(4, 20), at(20, 36), at(36, 20), at(20, 4)},
          {at(92, 4), at(8, 98)},
          {at(80, 66), at(64, 82), at(80, 98), at(96, 82), at(80, 66)}}},
        {"euro",
         0.5,
         {{at(92, 14), at(62, 0), at(28, 26), at(26, 72), at(60, 100), at(92, 86)},
          {at(4, 40), at(70, 40)},
          {at(4, 60), at(66, 60)}}},
        {"bracket", 0.5, {{at(72, 0), corner(28, 0), corner(28, 100), at(72, 100)}}},
        {"less than", 0.5, {{at(90, 4), corner(8, 50), at(90, 96)}}},
        {"tilde", 0.5, {{at(0, 60), at(24, 38), at(52, 50), at(78, 62), at(100, 40)}}},
        {"pi", 0.5, {{at(2, 8), at(98, 4)}, {at(30, 8), at(24, 98)}, {at(70, 8), at(76, 98)}}},
        {"sigma", 0.5, {{at(90, 8), corner(12, 4), corner(56, 50), corner(10, 96), at(92, 94)}}},
        {"omega",
         0.5,
         {{at(4, 98), corner(32, 96), at(8, 40), at(50, 2), at(92, 40), corner(68, 96), at(96, 98)}}},
        {"colon", 0.5, {dot(50, 8), dot(50, 92)}},
        {"three dots", 0.5, {dot(4, 50), dot(50, 50), dot(96, 50)}},
        {"bowl", 0.5, {{at(2, 20), at(20, 72), at(50, 86), at(80, 72), at(98, 18)}}},
        {"arch", 0.5, {{at(2, 84), at(18, 30), at(50, 14), at(82, 30), at(98, 84)}}},
        {"a five's top and back", 0.5, {{at(90, 4), corner(20, 6), at(18, 98)}}},
    };
}

} // namespace

std::span<const DigitStyle> noDigitShapes()
{
    static const Styles shapes = [] {
        Styles all = letters();
        for (DigitStyle& sign : signs()) {
            all.push_back(std::move(sign));
        }
        return all;
    }();
    return shapes;
}

} // namespace digitpad
