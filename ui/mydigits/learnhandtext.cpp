#include "ui/mydigits/learnhandtext.h"

#include "ui/training/trainingtext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <vector>

namespace digitpad {

namespace {

/// For the translators: all words of the dialog in one place.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(LearnHand)
};

/// From here on misread images say less than a percentage.
constexpr std::size_t manyImages = 500;
/// With so many of each digit the errors of unknown writers fell by half and more.
constexpr int goodNumber = 5;

int total(const DigitCounts& counts)
{
    return std::accumulate(counts.begin(), counts.end(), 0);
}

/// "4 and 7", "1, 4 and 7"
QString listed(const QStringList& items)
{
    return items.size() < 2
               ? items.value(0)
               : Words::tr("%1 and %2")
                     .arg(items.mid(0, items.size() - 1).join(QStringLiteral(", ")), items.last());
}

QStringList missingDigits(const DigitCounts& counts)
{
    QStringList missing;
    for (std::size_t digit = 0; digit < counts.size(); ++digit) {
        if (counts[digit] == 0) {
            missing << QString::number(digit);
        }
    }
    return missing;
}

bool fewOfSome(const DigitCounts& counts)
{
    return std::any_of(counts.begin(), counts.end(), [](int count) { return count < goodNumber; });
}

/// As heldOutPossible() has it.
bool checkPossible(const DigitCounts& counts)
{
    std::vector<LabelledInk> drawings;
    for (std::size_t digit = 0; digit < counts.size(); ++digit) {
        drawings.insert(drawings.end(), static_cast<std::size_t>(counts[digit]),
                        LabelledInk{{}, static_cast<int>(digit)});
    }
    return heldOutPossible(drawings);
}

} // namespace

QString learnHandIntroduction(const QString& modelName)
{
    return Words::tr(
               "A copy of “%1” is trained a little further on your digits, mixed with digits of other hands "
               "so that it does not forget those. It takes some seconds. Then you see what it gains, and "
               "decide; until then nothing changes.")
        .arg(modelName);
}

bool enoughDrawings(const DigitCounts& counts)
{
    return total(counts) >= static_cast<int>(minimumHandDrawings);
}

QString drawingsAdvice(const DigitCounts& counts)
{
    if (!enoughDrawings(counts)) {
        return Words::tr(
                   "At least %1 drawings are needed, better five of each digit. Draw one in the Draw tab and "
                   "press its key to keep it.")
            .arg(minimumHandDrawings);
    }
    QStringList sentences;
    if (const QStringList missing = missingDigits(counts); !missing.isEmpty()) {
        sentences << Words::tr("There is no %1 of yours yet: how you write it cannot be learned.")
                         .arg(listed(missing));
    } else if (fewOfSome(counts)) {
        sentences << Words::tr("With five or more of each digit there is more to gain.");
    }
    if (!checkPossible(counts)) {
        sentences << Words::tr(
            "There are too few to hold some back for a check, so what it gains will not be known.");
    }
    return sentences.join(u' ');
}

QString learnHandStageText(HandLearningStage stage)
{
    switch (stage) {
    case HandLearningStage::Checking:
        return Words::tr("Checking: learning from a part of your digits, reading the others…");
    case HandLearningStage::Learning:
        return Words::tr("Learning from all of your digits…");
    case HandLearningStage::Comparing:
        return Words::tr("Reading digits of other hands…");
    }
    return {};
}

QString verdictText(const HandLearningResult& result)
{
    switch (result.verdict()) {
    case HandVerdict::Better:
        return Words::tr("The new model reads your hand better.");
    case HandVerdict::Unknown:
        return Words::tr(
            "The new model has learned from your digits; there were too few to check what it gains.");
    case HandVerdict::NoDifference:
        return Words::tr(
            "The new model misreads as many of your digits as the old one: better keep the old one.");
    case HandVerdict::WorseOnMine:
        return Words::tr(
            "The new model misreads more of your digits: better keep the old one. Are all of them "
            "labelled rightly?");
    case HandVerdict::WorseOnOthers:
        return Words::tr(
            "The new model reads other hands notably worse: better keep the old one, unless nobody but "
            "you draws here.");
    }
    return {};
}

QString comparisonTitle(const HandComparison& comparison, bool mine)
{
    const QString images = countText(static_cast<qint64>(comparison.images));
    return mine
               ? Words::tr("Your digits, %1 held back").arg(images)
               : Words::tr("Other hands: %1, %2 images").arg(QString::fromStdString(comparison.name), images);
}

QString comparisonText(const HandComparison& comparison, std::size_t errors)
{
    if (comparison.images >= manyImages) {
        return Words::tr("%1 right")
            .arg(percentText(1 - static_cast<double>(errors) / static_cast<double>(comparison.images), 2));
    }
    return Words::tr("%1 of %2 misread").arg(errors).arg(comparison.images);
}

QString figuresText(const HandLearningResult& result)
{
    QStringList sentences;
    if (result.mine) {
        sentences << Words::tr(
            "Each of your digits was held back once and read by a model that had learned from "
            "the others; the new model has learned from all of them.");
    }
    if (result.startKnewTheHand) {
        sentences << Words::tr(
            "The old model has learned from digits of yours before, so its figure may flatter it.");
    }
    return sentences.join(u' ');
}

} // namespace digitpad
