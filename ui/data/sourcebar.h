#pragma once

#include "core/data/datasource.h"

#include <QStringList>
#include <QWidget>

class QComboBox;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace digitpad {

/// Where the data come from: MNIST, synthetic digits, My digits, or files and folders, the last few of which
/// it remembers.
class SourceBar : public QWidget
{
    Q_OBJECT

public:
    /// `myDigitsPath` stands for My digits among the parts of a source.
    explicit SourceBar(QString myDigitsPath, QWidget* parent = nullptr);

    /// The one that is chosen; without parts where none is.
    [[nodiscard]] DataSource source() const;
    /// Shows it as the chosen one, without a signal; a path joins the last few.
    void setSource(const DataSource& source);
    /// False while the source is being read.
    void setReloadable(bool on);
    /// Without the button that reads the source again, for who reads it whenever he is asked to.
    void hideReload();

public Q_SLOTS:
    void chooseFile();
    void chooseFolder();

Q_SIGNALS:
    /// The person chose a source, or wants this one read again.
    void sourceChosen(const digitpad::DataSource& source);

private:
    void layOut();
    void fill();
    void onActivated(int index);
    void choose(const QString& part);
    [[nodiscard]] int placeOf(const QString& part) const;
    void showSyntheticFields();

    QString m_myDigitsPath;
    QStringList m_recent; ///< Paths, the newest first.
    QString m_part;
    QComboBox* m_combo;
    QToolButton* m_reload;
    QPushButton* m_file;
    QPushButton* m_folder;
    QWidget* m_synthetic;
    QSpinBox* m_count;
    QSpinBox* m_seed;
};

} // namespace digitpad
