#pragma once

#include "core/data/augmentation.h"

#include <QList>
#include <QString>
#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;

namespace digitpad {

class FormField;

/// One step of augmentation, as a person sees it.
struct VariationStep
{
    double AugmentationOptions::*strength = nullptr;
    QString name; ///< Of its widgets.
    QString title;
    QString help;
    double usual = 1;
    double greatest = 3;
    double step = 0.25;
    QString unit = {};
};

/// Those that other programs have, in the order in which they happen.
const QList<VariationStep>& usualVariations();
/// Those for experts.
const QList<VariationStep>& moreVariations();

/// Steps of augmentation under each other: each can be switched on and off and has its strength, which stays
/// while it is off.
class VariationList : public QWidget
{
    Q_OBJECT

public:
    explicit VariationList(const QList<VariationStep>& steps, QWidget* parent = nullptr);

    /// Writes the strengths, 0 for what is off.
    void store(AugmentationOptions& options) const;
    void load(const AugmentationOptions& options);
    /// Numbers the steps that are on, from `first`; gives the next number. 0 numbers none.
    int number(int first);
    /// Empty unlocks.
    void setLocked(const QString& reason);

Q_SIGNALS:
    void edited();

private:
    struct Row
    {
        const VariationStep* step;
        QLabel* number;
        QCheckBox* on;
        QDoubleSpinBox* strength;
        FormField* onField;
        FormField* strengthField;
    };

    Row makeRow(const VariationStep& step);
    void showLocks();

    QList<Row> m_rows;
    QString m_lockReason;
};

} // namespace digitpad
