#pragma once

#include "ui/training/formsection.h"

class QPushButton;

namespace digitpad {

class RangeTestPanel;
class RateField;
struct RateRangeTest;

/// The optimizer with its own parameters, the learning rate, and the range test that finds one.
class OptimisationSection : public FormSection
{
    Q_OBJECT

public:
    explicit OptimisationSection(QWidget* parent = nullptr);

    void load(const RunOptions& options) override;
    [[nodiscard]] QString summary(const RunOptions& options) const override;
    void setLocked(const QString& reason) override;

    /// Whether there is an engine to test rates with.
    void setCanTest(bool can);
    void showRangeTest(const RateRangeTest& test);
    /// `problem` is a sentence, or empty.
    void rangeTestEnded(const QString& problem);
    void showTesting();

Q_SIGNALS:
    void findRateRequested();

private:
    NumberField* addNumber(FieldGroup* group, const QString& label, NumberField* editor,
                           double TrainingOptions::*member, const QString& option, const QString& help);
    void makeRate(FieldGroup* group);
    void makeMainParameters(FieldGroup* group);
    void makeMoreParameters(FieldGroup* more);
    void onOptimizerChanged();
    void showParameters();
    void showButton();

    /// A row that some optimizers have.
    struct Parameter
    {
        FieldGroup* group;
        FormField* field;
        QStringList optimizers;
    };

    QComboBox* m_optimizer = nullptr;
    RateField* m_rate = nullptr;
    NumberField* m_momentum = nullptr;
    NumberField* m_decay = nullptr;
    QPushButton* m_find = nullptr;
    RangeTestPanel* m_range = nullptr;
    QList<Parameter> m_parameters;
    QString m_before; ///< The optimizer whose defaults the values were last held against.
    QString m_lockReason;
    bool m_canTest = false;
    bool m_showing = false;
};

/// The learning rate to begin with: 0.001, for SGD 0.05.
double defaultLearningRate(const QString& optimizer);

} // namespace digitpad
