#pragma once

#include "core/data/datasource.h"
#include "core/data/mnist.h"
#include "core/learning/runoptions.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace digitpad {

class DataChooser;
class FormField;
class RateField;

/// Data and options of a run, each with a tooltip that says what it does and what is usual. What was chosen
/// last is remembered in QSettings. GUI thread only.
class TrainingForm : public QWidget
{
    Q_OBJECT

public:
    /// Tests pass mirrors of their own for MNIST.
    explicit TrainingForm(const QList<QUrl>& mirrors = MnistDownloader::publicMirrors(),
                          QWidget* parent = nullptr);

    ~TrainingForm() override;

    /// As the fields stand, checked or not; a learning rate that is no number reads as 0.
    [[nodiscard]] TrainingOptions options() const;
    void setOptions(const TrainingOptions& options);
    [[nodiscard]] DataSource dataSource() const;
    [[nodiscard]] RunOptions runOptions() const;
    void setRunOptions(const RunOptions& options);
    /// Of the preset whose options the form has; empty where they were changed.
    [[nodiscard]] QString presetName() const;
    [[nodiscard]] DataChooser* dataChooser() const { return m_data; }

    /// True where a run could start. Otherwise each impossible value has its sentence beneath it, and the
    /// first of them has the focus.
    bool check();
    /// Nothing can be changed while a run is in progress; the tooltips say `reason`. Empty unlocks.
    void setLocked(const QString& reason);

private:
    void makeNetworkFields(QFormLayout* layout);
    void makeStepFields(QFormLayout* layout);
    void makeAmountFields(QFormLayout* layout);
    FormField* addField(QFormLayout* layout, const QString& label, QWidget* editor, const QString& name,
                        const QString& help);
    QComboBox* addCombo(QFormLayout* layout, const QString& label, const QString& name, const QString& help,
                        const QList<QPair<QString, QString>>& entries);
    void layOut();
    void onNetworkChanged();
    void onOptimizerChanged();
    /// Says what is wrong at the fields of numbers; true where nothing is.
    bool checkValues();
    bool checkAgainstData(const TrainingOptions& options);
    void forgiveRate();
    void save() const;
    void restore();

    DataChooser* m_data;
    QComboBox* m_network = nullptr;
    QLabel* m_networkSize = nullptr;
    QComboBox* m_optimizer = nullptr;
    RateField* m_rate = nullptr;
    QComboBox* m_schedule = nullptr;
    QSpinBox* m_batch = nullptr;
    QSpinBox* m_epochs = nullptr;
    QDoubleSpinBox* m_split = nullptr;
    QComboBox* m_normalization = nullptr;
    QSpinBox* m_seed = nullptr;

    FormField* m_rateField = nullptr;
    FormField* m_batchField = nullptr;
    FormField* m_splitField = nullptr;
    QList<FormField*> m_fields;
    QString m_rateOptimizer; ///< The optimizer whose default the rate was last held against.
    bool m_restoring = true;
};

/// The learning rate to begin with: 0.001 for Adam, 0.05 for SGD with momentum.
double defaultLearningRate(const QString& optimizer);

} // namespace digitpad
